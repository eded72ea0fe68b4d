/**
 * The pure cores of many speakers under a simulated clock and network: loss, delay, partitions, pauses, crashes, outages
 * of the API, all from one seed; and the rules that must hold whatever happens.
 */
@NullMarked
package dev.clarion.simulation.speakers;

import org.jspecify.annotations.NullMarked;
