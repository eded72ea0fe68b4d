package dev.clarion.bench.failover;

import dev.clarion.bench.lab.Background;
import dev.clarion.bench.lab.Client;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import dev.clarion.bench.lab.Row;
import dev.clarion.e2e.client.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run: who watches meanwhile, when what happens, and the rows that come of it. */
final class Scene implements AutoCloseable {
    /** Who asks anew, over and over: the router. */
    static final String ASKER = "02:00:00:00:50:fe";
    /** By then there must be one owner again. */
    private static final double CONVERGED = 1_500;

    private static final String SOLICIT =
            "while :; do ndisc6 -1 -q -n -r 1 -w 100 \"$0\" lan0 > /dev/null 2>&1; sleep 0.07; done";

    private final Cluster cluster;
    private final Path directory;
    private final String victim;
    private final List<Background> watchers = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private List<String> watched;
    private final Path pcap;
    private Optional<Client> near = Optional.empty();
    private Optional<Client> far = Optional.empty();

    Scene(Cluster cluster, Path directory, String victim) throws IOException {
        this.cluster = cluster;
        this.directory = Files.createDirectories(directory);
        this.victim = victim;
        pcap = directory.resolve("segment.pcap");
        watched = cluster.addresses();
        if (!cluster.stale().isEmpty()) {
            note("before: " + cluster.stale());
        }
    }

    Cluster cluster() {
        return cluster;
    }

    Lab lab() {
        return cluster.lab();
    }

    /** The node that owned the addresses at the begin. */
    String victim() {
        return victim;
    }

    /** Everybody watches from now on, for so many seconds; the first phase begins. */
    void begin(String event, double seconds, boolean alsoFar) {
        Lab lab = lab();
        watch(
                "tcpdump",
                lab.words(
                        "exec",
                        "host",
                        "tcpdump",
                        "-i",
                        "lan",
                        "-U",
                        "-Z",
                        "root",
                        "-s",
                        "160",
                        "-w",
                        pcap.toString(),
                        "arp or (icmp6 and (ip6[40] == 135 or ip6[40] == 136))"));
        watch("asks4", lab.words("exec", "router", "arping", "-q", "-i", "lan0", "-W", "0.1", v4()));
        watch("asks6", lab.words("exec", "router", "bash", "-c", SOLICIT, v6()));
        if (alsoFar) {
            far = Optional.of(new Client(lab, "far", cluster.addresses(), "udp", seconds, directory.resolve("far")));
        }
        near = Optional.of(
                new Client(lab, "near", cluster.addresses(), "udp,connect,long", seconds, directory.resolve("near")));
        phases.add(new Phase(event, client().startMillis(), 0, client().startMillis(), victim));
    }

    private void watch(String name, List<String> words) {
        watchers.add(new Background(lab().root(), directory.resolve(name + ".log"), words));
    }

    private Client client() {
        return near.orElseThrow(() -> new IllegalStateException("not begun"));
    }

    private String v4() {
        return cluster.addresses().get(0);
    }

    private String v6() {
        return cluster.addresses().get(1);
    }

    /** Waits until so many seconds after the begin. */
    void at(double seconds) {
        Pause.until(client().startMillis() + seconds * 1e3);
    }

    /** What the newest phase is about has just taken effect. */
    void strike(double epochMillis) {
        Phase last = phases.removeLast();
        phases.add(new Phase(last.event(), last.from(), epochMillis, epochMillis + CONVERGED, last.former()));
    }

    /** Another phase begins; nothing must move in it unless it is struck. */
    void phase(String event, double epochMillis, String owner) {
        phases.add(new Phase(event, epochMillis, 0, epochMillis, owner));
    }

    /** The capture is searched for these too. */
    void alsoWatch(List<String> more) {
        watched =
                java.util.stream.Stream.concat(watched.stream(), more.stream()).toList();
    }

    void note(String note) {
        notes.add(note);
    }

    /** The clients end early. */
    void stop() {
        near.ifPresent(Client::stop);
        far.ifPresent(Client::stop);
    }

    /** Waits for the clients; the rows. */
    List<Row> end(int seconds) throws IOException {
        RecordedRun run = client().recorded(seconds);
        Pause.millis(300);
        watchers.forEach(Background::close);
        List<Frame> frames = Frame.read(pcap);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            double to = i + 1 < phases.size() ? phases.get(i + 1).from() : Double.MAX_VALUE;
            rows.add(new Findings(client(), run, phases.get(i), to, i == 0).row(frames, watched, notes));
        }
        if (far.isPresent()) {
            RecordedRun there = far.get().recorded(seconds);
            Phase first = phases.getFirst();
            Phase renamed = new Phase(first.event() + "-far", first.from(), first.strike(), first.settled(), victim);
            rows.add(new Findings(far.get(), there, renamed, Double.MAX_VALUE, true)
                    .row(List.of(), cluster.addresses(), List.of()));
        }
        rows.forEach(row -> row.put("victim", victim));
        return rows;
    }

    @Override
    public void close() {
        near.ifPresent(Client::close);
        far.ifPresent(Client::close);
        watchers.forEach(Background::close);
    }
}
