/**
 * What people and machines look at: metrics, probes that tell the truth, logs, and the state endpoint on loopback.
 */
@NullMarked
package dev.clarion.telemetry;

import org.jspecify.annotations.NullMarked;
