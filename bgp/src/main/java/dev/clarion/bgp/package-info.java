/**
 * A BGP-4 speaker for the announcing role (RFC 4271, RFC 4760) on Netty. Knows nothing of Kubernetes: it is given
 * the whole desired state and makes the wire agree with it.
 */
@NullMarked
package dev.clarion.bgp;

import org.jspecify.annotations.NullMarked;
