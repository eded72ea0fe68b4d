package dev.clarion.bench.failover;

/**
 * A stretch of a run that is a row of its own.
 *
 * @param event which
 * @param from its begin, in ms since the epoch
 * @param strike when what it is about took effect; 0 if nothing happens
 * @param settled from when on there must be one owner only
 * @param former the node that owned the addresses at its begin
 */
record Phase(String event, double from, double strike, double settled, String former) {}
