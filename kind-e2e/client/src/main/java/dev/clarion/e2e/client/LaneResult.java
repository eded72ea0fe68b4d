package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Analysis;
import dev.clarion.e2e.client.analysis.Probe;
import dev.clarion.e2e.client.analysis.Sample;
import java.util.List;
import java.util.Map;

/**
 * What one probe to one target found.
 *
 * @param connects connections that were opened
 * @param resets connections that were reset
 * @param closes connections that the other side closed in order before it had answered all
 * @param strays what was read and answers no request
 * @param messages the kernel's words for what failed, counted
 */
record LaneResult(
        String target,
        Probe probe,
        List<Sample> samples,
        Analysis analysis,
        int connects,
        int resets,
        int closes,
        int strays,
        Map<String, Integer> messages) {
    static LaneResult of(Target target, Lane lane, Schedule schedule) {
        List<Sample> samples = lane.ledger.samples();
        return new LaneResult(
                target.text(),
                lane.probe(),
                samples,
                Analysis.of(samples, schedule.intervalNanos()),
                lane.notes.connects,
                lane.notes.resets,
                lane.notes.closes,
                lane.ledger.strays(),
                lane.notes.messages());
    }
}
