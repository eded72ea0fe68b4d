/**
 * Benchmarks of the pure parts (JMH).
 */
@NullMarked
package dev.clarion.bench;

import org.jspecify.annotations.NullMarked;
