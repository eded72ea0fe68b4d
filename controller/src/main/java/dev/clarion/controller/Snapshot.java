package dev.clarion.controller;

import dev.clarion.allocation.Decision;
import dev.clarion.allocation.Ledger;
import dev.clarion.config.EffectiveConfig;
import java.time.Instant;
import java.util.List;

/**
 * What the last turn found, for metrics and for {@code /state}; worked out further only when somebody asks.
 *
 * @param at when
 * @param config what is in force
 * @param ledger who holds what
 * @param decisions what was decided, and why
 */
record Snapshot(Instant at, EffectiveConfig config, Ledger ledger, List<Decision> decisions) {
    static final Snapshot NONE = new Snapshot(Instant.EPOCH, EffectiveConfig.NONE, Ledger.EMPTY, List.of());
}
