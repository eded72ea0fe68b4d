/**
 * Which Service gets which address, and why. {@code Planner.plan(view, ledger, now)} is pure and returns every
 * decision together with its reason; the ledger says who holds what.
 */
@NullMarked
package dev.clarion.allocation;

import org.jspecify.annotations.NullMarked;
