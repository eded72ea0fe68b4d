/**
 * Our speaker against real routers. {@link dev.clarion.bgp.interop.Matrix} says which row is shown with which daemon,
 * and why not where it is not; {@code docs/bgp-interoperability.md} shows the same to people. Each daemon has a sandbox
 * and a process of ours of its own ({@link dev.clarion.bgp.interop.InteropMain}), so that they cannot meet.
 */
@NullMarked
package dev.clarion.bgp.interop;

import org.jspecify.annotations.NullMarked;
