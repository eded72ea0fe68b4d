package dev.clarion.bench.failover;

import dev.clarion.bench.lab.Client;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Row;
import dev.clarion.e2e.client.RecordedRun;
import dev.clarion.e2e.client.analysis.Analysis;
import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Probe;
import dev.clarion.e2e.client.analysis.Sample;
import dev.clarion.e2e.client.analysis.Tenure;
import dev.clarion.e2e.client.analysis.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What client and capture say of one phase. */
final class Findings {
    static final List<String> COLUMNS = List.of(
            "event",
            "run",
            "build",
            "at_epoch_ms",
            "victim",
            "outage_ms",
            "udp4_ms",
            "udp6_ms",
            "connect4_ms",
            "connect6_ms",
            "stall_ms",
            "lost",
            "lost_udp",
            "lost_connect",
            "lost_long",
            "resets",
            "late",
            "duplicates",
            "moves",
            "moved_to",
            "claim_ms",
            "unanswered_ms",
            "doubly",
            "macs_after",
            "former_after",
            "stale",
            "announcements",
            "peak_per_s",
            "sent",
            "client_late_ms",
            "skipped",
            "load",
            "note");

    private final Client client;
    private final Phase phase;
    private final double to;
    private final boolean first;
    private final List<RecordedRun.Lane> whole;
    private final List<RecordedRun.Lane> lanes;

    /** @param to its end, in ms since the epoch */
    Findings(Client client, RecordedRun run, Phase phase, double to, boolean first) {
        this.client = client;
        this.phase = phase;
        this.to = to;
        this.first = first;
        this.whole = run.lanes();
        this.lanes = run.lanes().stream().map(this::cut).toList();
    }

    private RecordedRun.Lane cut(RecordedRun.Lane lane) {
        long from = client.nanos(phase.from());
        long end = to == Double.MAX_VALUE ? Long.MAX_VALUE : client.nanos(to);
        List<Sample> samples = lane.samples().stream()
                .filter(s -> s.sentNanos() >= from && s.sentNanos() < end)
                .toList();
        return new RecordedRun.Lane(
                lane.probe(),
                lane.target(),
                samples,
                Analysis.of(samples, lane.analysis().intervalNanos()),
                lane.summary());
    }

    Row row(List<Frame> frames, List<String> addresses, List<String> notes) {
        Row row = new Row(COLUMNS).put("event", phase.event()).put("note", String.join("; ", notes));
        row.put("at_epoch_ms", (long) (phase.strike() > 0 ? phase.strike() : phase.from()));
        double outage = 0;
        for (RecordedRun.Lane lane : lanes) {
            double longest = lane.analysis().longestOutageNanos() / 1e6;
            String family = lane.target().contains(":") ? "6" : "4";
            switch (lane.probe()) {
                case UDP -> {
                    row.millis("udp" + family + "_ms", longest);
                    outage = Math.max(outage, longest);
                }
                case CONNECT -> row.millis("connect" + family + "_ms", longest);
                case LONG -> row.millis("stall_ms", Math.max(row.number("stall_ms"), stall(lane.analysis())));
            }
        }
        row.millis("outage_ms", outage);
        row.put("lost", lost(Probe.UDP) + lost(Probe.CONNECT) + lost(Probe.LONG));
        row.put("lost_udp", lost(Probe.UDP));
        row.put("lost_connect", lost(Probe.CONNECT));
        row.put("lost_long", lost(Probe.LONG));
        row.put("resets", resets());
        row.put(
                "late",
                lanes.stream().mapToInt(l -> l.analysis().count(Outcome.LATE)).sum());
        row.put(
                "duplicates",
                lanes.stream().mapToInt(l -> l.analysis().duplicates()).sum());
        row.put("sent", lanes.stream().mapToInt(l -> l.analysis().sent()).sum());
        row.put(
                "skipped",
                lanes.stream()
                        .mapToInt(l -> l.analysis().count(Outcome.SKIPPED))
                        .sum());
        row.millis(
                "client_late_ms",
                lanes.stream()
                                .mapToLong(l -> l.analysis().lateness().max())
                                .max()
                                .orElse(0)
                        / 1e6);
        row.put("load", load());
        moves(row);
        if (!frames.isEmpty()) {
            wire(row, frames, addresses);
        }
        return row;
    }

    private static double stall(Analysis analysis) {
        return Stream.concat(analysis.slow().stream(), analysis.outages().stream())
                        .mapToLong(Window::lengthNanos)
                        .max()
                        .orElse(0)
                / 1e6;
    }

    private int lost(Probe probe) {
        return lanes.stream()
                .filter(l -> l.probe() == probe)
                .mapToInt(l -> l.analysis().lost())
                .sum();
    }

    /** The client counts them for the whole run; those that no later phase had are the first one's. */
    private int resets() {
        long from = client.nanos(phase.from());
        int all = 0;
        for (RecordedRun.Lane lane : whole) {
            if (lane.probe() == Probe.LONG) {
                int later = broken(lane, first ? client.nanos(Math.min(to, Long.MAX_VALUE / 4e6)) : from);
                all += first ? lane.count("connection_resets") + lane.count("connection_closes") - later : later;
            }
        }
        return Math.max(0, all);
    }

    private int broken(RecordedRun.Lane lane, long from) {
        long end = first || to == Double.MAX_VALUE ? Long.MAX_VALUE : client.nanos(to);
        int stretches = 0;
        boolean within = false;
        for (Sample sample : lane.samples()) {
            boolean broken = sample.outcome() == Outcome.RESET || sample.outcome() == Outcome.CLOSED;
            if (broken && !within && sample.sentNanos() >= from && sample.sentNanos() < end) {
                stretches++;
            }
            within = broken || within && sample.outcome() == Outcome.SKIPPED;
        }
        return stretches;
    }

    /** How often the node changed that requests came through: the most of the two families. */
    private void moves(Row row) {
        int most = 0;
        Set<String> last = new HashSet<>();
        for (RecordedRun.Lane lane : lanes) {
            if (lane.probe() == Probe.UDP) {
                List<String> nodes = new ArrayList<>();
                for (Tenure tenure : lane.analysis().tenures()) {
                    if (nodes.isEmpty()
                            || !nodes.getLast().equals(tenure.responder().node())) {
                        nodes.add(tenure.responder().node());
                    }
                }
                most = Math.max(most, nodes.size() - 1);
                last.add(nodes.isEmpty() ? "nobody" : nodes.getLast());
            }
        }
        row.put("moves", Math.max(0, most));
        row.put("moved_to", String.join("+", last.stream().sorted().toList()));
    }

    private void wire(Row row, List<Frame> frames, List<String> addresses) {
        String former = Lab.MACS.getOrDefault(phase.former(), "");
        double unanswered = 0;
        double claim = 0;
        int doubly = 0;
        int macs = 0;
        int formerAfter = 0;
        int announcements = 0;
        double end = Math.min(to, frames.getLast().at());
        for (String text : addresses) {
            Frame.Address address = Frame.Address.of(text);
            Wire all = Wire.of(frames, address, phase.from(), end, Scene.ASKER, former);
            Wire after = Wire.of(frames, address, phase.settled(), end, Scene.ASKER, former);
            unanswered = Math.max(unanswered, all.longestUnanswered());
            announcements += all.announcements();
            doubly += after.doubly();
            macs = Math.max(macs, after.claimants().size());
            formerAfter += after.claimants().contains(former) ? 1 : 0;
            if (all.firstOfOthers() > 0 && phase.strike() > 0) {
                claim = Math.max(claim, all.firstOfOthers() - phase.strike());
            }
        }
        row.millis("unanswered_ms", unanswered);
        row.put("doubly", doubly);
        row.put("macs_after", macs);
        row.put("former_after", formerAfter);
        row.put("stale", stale(row.get("moved_to"), frames, addresses, end));
        row.put("announcements", announcements);
        row.put("peak_per_s", Wire.peak(frames, phase.from(), end, Set.copyOf(Lab.MACS.values())));
        if (claim > 0) {
            row.millis("claim_ms", claim);
        }
    }

    /** 1 if traffic still goes through another node than the one that was last said to have the address. */
    private int stale(String through, List<Frame> frames, List<String> addresses, double end) {
        String mac = Lab.MACS.get(through);
        for (String text : addresses.subList(0, 2)) {
            Frame.Address address = Frame.Address.of(text);
            String last = frames.stream()
                    .filter(f -> f.about().equals(address) && f.kind() != Frame.Kind.REQUEST && f.at() < end)
                    .reduce((earlier, later) -> later)
                    .map(Frame::claimed)
                    .orElse("");
            if (!last.equals(mac)) {
                return 1;
            }
        }
        return 0;
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
        } catch (IOException e) {
            return "";
        }
    }
}
