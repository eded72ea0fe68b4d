/**
 * What the kernel does so that established connections survive when an address moves to another node: its list of
 * connections is read where they are, and where they are not it sends their packets there. See
 * docs/decisions/0007-flows.md. And what kube-proxy told the kernel: for which addresses there are rules.
 */
@NullMarked
package dev.clarion.linux.flows;

import org.jspecify.annotations.NullMarked;
