/**
 * {@code clarion}, also {@code kubectl clarion}: asks and checks, with the very functions that run in production.
 */
@NullMarked
package dev.clarion.cli;

import org.jspecify.annotations.NullMarked;
