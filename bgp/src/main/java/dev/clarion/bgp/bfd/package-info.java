/**
 * BFD beside the BGP sessions (RFC 5880, RFC 5881, RFC 5883): asynchronous mode over one hop or several, IPv4 and IPv6,
 * on one thread that allocates nothing while sessions are up. Is given the whole desired state, like the speaker.
 *
 * <p>No echo mode: an echo packet has to come back through the peer's forwarding plane with the sender's own address,
 * so it takes forged frames to send one, and a router that accepts them. No authentication: routers offer little of it,
 * and the hop check of RFC 5881 keeps strangers out.
 */
@NullMarked
package dev.clarion.bgp.bfd;

import org.jspecify.annotations.NullMarked;
