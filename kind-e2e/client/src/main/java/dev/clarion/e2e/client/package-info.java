/**
 * The measuring client: counts what a user of an address would have lost, and its own lateness beside it.
 */
@NullMarked
package dev.clarion.e2e.client;

import org.jspecify.annotations.NullMarked;
