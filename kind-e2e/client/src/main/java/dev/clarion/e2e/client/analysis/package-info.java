/**
 * What the requests of a measurement say: outages, slowness, who answered, and how late the client itself was. Pure: it reads no
 * clock and no socket, so that the figures can be computed again from the CSV of a run and tested by tables.
 */
@NullMarked
package dev.clarion.e2e.client.analysis;

import org.jspecify.annotations.NullMarked;
