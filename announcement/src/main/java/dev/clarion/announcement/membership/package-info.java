/**
 * Who is there: which speakers and kernels answer, who watches whom, and whether this node is cut off itself. A
 * {@link dev.clarion.announcement.membership.Roster} is an immutable value; time enters as monotonic nanoseconds, and what
 * it wants done (probe a kernel, ask for a second opinion) comes out as data.
 */
@NullMarked
package dev.clarion.announcement.membership;

import org.jspecify.annotations.NullMarked;
