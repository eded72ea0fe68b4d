/** What the drivers that break things in the lab have in common: its verbs, programs beside the bench, the measuring client, and the CSV of runs. */
@NullMarked
package dev.clarion.bench.lab;

import org.jspecify.annotations.NullMarked;
