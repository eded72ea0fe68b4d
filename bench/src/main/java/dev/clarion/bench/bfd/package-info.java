/** What a busy node does to BFD: how often sessions go down that should not, and how late the engine's thread runs. */
@NullMarked
package dev.clarion.bench.bfd;

import org.jspecify.annotations.NullMarked;
