package dev.clarion.bench.failover;

import dev.clarion.bench.lab.Aim;
import dev.clarion.bench.lab.Row;
import java.util.List;
import java.util.Map;

/** What the issue promises for each event, over all its runs. */
final class Aims {
    private static final Aim NO_LOSS = worst("0 lost", "lost", 0);
    private static final Aim NO_RESET = worst("0 resets", "resets", 0);
    private static final Aim NO_MOVE = worst("0 moves", "moves", 0);
    private static final Aim ONE_MOVE = worst("1 move at most", "moves", 1);
    private static final Aim ASKED_ANEW = worst("asked anew, answered within 1 s", "unanswered_ms", 1000);
    private static final Aim ONE_ANSWER = worst("0 requests answered twice after convergence", "doubly", 0);
    private static final Aim ONE_MAC = worst("1 MAC after convergence", "macs_after", 1);
    private static final Aim NOT_STALE = worst("traffic goes to the owner in the end", "stale", 0);
    private static final List<Aim> QUIET = List.of(NO_LOSS, NO_RESET, NO_MOVE, ONE_ANSWER, ONE_MAC, NOT_STALE);
    private static final List<Aim> DEATH = List.of(
            quantile("p50 <= 350 ms", 50, 350),
            quantile("p99 <= 450 ms", 99, 450),
            quantile("max <= 600 ms", 100, 600),
            ONE_MOVE,
            ONE_ANSWER,
            ONE_MAC,
            NOT_STALE);
    private static final List<Aim> SILENCE =
            List.of(NO_LOSS, NO_RESET, NO_MOVE, ASKED_ANEW, ONE_ANSWER, ONE_MAC, NOT_STALE);
    private static final List<Aim> HANDOVER =
            List.of(NO_LOSS, worst("0 resets (flows kept)", "resets", 0), ONE_MOVE, ONE_ANSWER, ONE_MAC, NOT_STALE);

    private static final Map<String, List<Aim>> BY_EVENT = Map.ofEntries(
            Map.entry("C", QUIET),
            Map.entry("D", DEATH),
            Map.entry("B", DEATH),
            Map.entry("AD", DEATH),
            Map.entry("N", QUIET),
            Map.entry("NB", QUIET),
            Map.entry("AN", QUIET),
            Map.entry("K", SILENCE),
            Map.entry("S", SILENCE),
            Map.entry("AK", SILENCE),
            Map.entry("A", QUIET),
            Map.entry("SL", List.of(NO_LOSS, ONE_MOVE)),
            Map.entry("thaw", QUIET),
            Map.entry("P", HANDOVER),
            Map.entry("PD", HANDOVER),
            Map.entry("W", SILENCE),
            Map.entry("L2", List.of(NO_LOSS, NO_MOVE)),
            Map.entry("L2-far", List.of(quantile("p50 <= 350 ms", 50, 350), quantile("max <= 600 ms", 100, 600))),
            Map.entry("L2-heal", List.of(ONE_MOVE, ONE_ANSWER, ONE_MAC, NOT_STALE)),
            Map.entry("H", List.of(NO_LOSS, ONE_MAC)),
            Map.entry("H-heal", QUIET),
            Map.entry(
                    "M",
                    List.of(
                            worst("the last address after 1 s", "claim_ms", 1000),
                            worst("1,000 frames a second at most", "peak_per_s", 1000),
                            ONE_MOVE,
                            ONE_ANSWER,
                            ONE_MAC)),
            Map.entry("Q", List.of(NO_MOVE, ONE_ANSWER, ONE_MAC)),
            Map.entry("Q1", List.of(NO_MOVE, ONE_ANSWER, ONE_MAC)),
            Map.entry("Q5", List.of(NO_MOVE, ONE_ANSWER, ONE_MAC)));

    private Aims() {}

    static List<Aim> of(String event) {
        return BY_EVENT.getOrDefault(event, List.of());
    }

    /** Whether a single run is as all should be. */
    static boolean met(Row row) {
        return of(row.get("event")).stream().allMatch(aim -> aim.metBy(List.of(row)));
    }

    private static Aim worst(String text, String column, double limit) {
        return new Aim(
                text,
                limit,
                rows -> rows.stream().mapToDouble(r -> r.number(column)).max().orElse(0));
    }

    private static Aim quantile(String text, int percent, double limit) {
        return new Aim(text, limit, rows -> Summary.quantile(rows, "outage_ms", percent));
    }
}
