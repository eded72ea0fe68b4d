package dev.clarion.bench.bgp;

import dev.clarion.e2e.client.RecordedRun;
import dev.clarion.e2e.client.analysis.Outcome;

/**
 * What a client lost.
 *
 * @param sent requests
 * @param lost those never answered
 * @param skipped those not sent, since the client was late itself
 * @param longest outage, in milliseconds
 */
record Loss(int sent, int lost, int skipped, double longest) {
    static Loss of(RecordedRun run) {
        int sent = 0;
        int lost = 0;
        int skipped = 0;
        double longest = 0;
        for (RecordedRun.Lane lane : run.lanes()) {
            sent += lane.analysis().sent();
            lost += lane.analysis().lost();
            skipped += lane.analysis().count(Outcome.SKIPPED);
            longest = Math.max(longest, lane.analysis().longestOutageNanos() / 1e6);
        }
        return new Loss(sent, lost, skipped, longest);
    }

    void add(Figures figures) {
        figures.add("lost", lost);
        figures.add("sent", sent);
        figures.add("skipped", skipped);
        figures.add("outage_ms", longest);
    }
}
