package dev.clarion.e2e.client.analysis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the requests of one probe to one target say.
 *
 * @param outcomes requests by outcome; an outcome that did not occur maps to 0
 * @param duplicates answers beyond the first, over all requests
 * @param outages stretches of failed requests. A late answer is an answer: a connection that stalls and goes on is slow, not out
 * @param slow stretches of late answers
 * @param stalls stretches in which the client itself was more than {@link #STALL_NANOS} late
 * @param tenures who answered, in the order of sending
 * @param answersByNode answers counted by node
 * @param roundTrip of answered requests
 * @param lateness the client's own, over all slots, those skipped included
 * @param intervalNanos between two slots
 */
public record Analysis(
        Map<Outcome, Integer> outcomes,
        int duplicates,
        List<Window> outages,
        List<Window> slow,
        List<Window> stalls,
        List<Tenure> tenures,
        Map<String, Integer> answersByNode,
        Quantiles roundTrip,
        Quantiles lateness,
        long intervalNanos) {
    /** The client calls itself late above this. */
    public static final long STALL_NANOS = 5_000_000;

    /** Analyses the requests of one probe to one target, in the order of their numbers. */
    public static Analysis of(List<Sample> samples, long intervalNanos) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0);
        }
        int duplicates = 0;
        Map<String, Integer> byNode = new TreeMap<>();
        for (Sample sample : samples) {
            outcomes.merge(sample.outcome(), 1, Integer::sum);
            duplicates += sample.duplicates();
            sample.responder().ifPresent(r -> byNode.merge(r.node(), 1, Integer::sum));
        }
        Windows windows = new Windows(samples, intervalNanos);
        return new Analysis(
                outcomes,
                duplicates,
                windows.outages(),
                windows.slow(),
                windows.stalls(),
                tenures(samples),
                byNode,
                Quantiles.of(samples.stream()
                        .filter(s -> s.outcome().answered())
                        .mapToLong(Sample::roundTripNanos)
                        .toArray()),
                Quantiles.of(samples.stream().mapToLong(Sample::latenessNanos).toArray()),
                intervalNanos);
    }

    private static List<Tenure> tenures(List<Sample> samples) {
        List<Tenure> tenures = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.responder().isEmpty()) {
                continue;
            }
            Responder responder = sample.responder().get();
            Tenure next = new Tenure(responder, sample.sentNanos(), sample.sentNanos(), 1);
            if (!tenures.isEmpty() && tenures.getLast().responder().equals(responder)) {
                Tenure last = tenures.removeLast();
                next = new Tenure(responder, last.fromNanos(), sample.sentNanos(), last.answers() + 1);
            }
            tenures.add(next);
        }
        return List.copyOf(tenures);
    }

    /** Requests with this outcome. */
    public int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    /** Requests that were sent: all but those skipped. */
    public int sent() {
        return answered() + lost();
    }

    /** Requests that were answered, late ones included. */
    public int answered() {
        return count(Outcome.OK) + count(Outcome.LATE);
    }

    /** Requests that were sent and never answered, whatever the cause. */
    public int lost() {
        return outcomes.entrySet().stream()
                .filter(e -> e.getKey().failed())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** The sum of all outages, each from the first lost request to the first answered one after it. */
    public long outageNanos() {
        return outages.stream().mapToLong(Window::lengthNanos).sum();
    }

    /** The longest single outage. */
    public long longestOutageNanos() {
        return outages.stream().mapToLong(Window::lengthNanos).max().orElse(0);
    }

    /** Lost requests times the interval: the other way to size an outage, which sees scattered losses as they are. */
    public long lossDerivedNanos() {
        return lost() * intervalNanos;
    }
}
