package dev.clarion.arpndp;

import dev.clarion.linux.LinkMonitor;
import dev.clarion.linux.Links;
import dev.clarion.linux.LinuxException;
import dev.clarion.linux.NodeMulticast;
import dev.clarion.net.Ip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The announcer as the speaker uses it, ordered about line by line: {@code own INTERFACE ADDRESS...} (none: kept ready),
 * {@code forget INTERFACE}, {@code alive on|off}, {@code status}. Argument {@code deaf}: joins no group.
 */
final class AnnouncerProgram {

    private static final Settings SETTINGS =
            // A loaded machine may leave a thread waiting; what a frame's age does is tested without a machine.
            new Settings(Duration.ofSeconds(2), Duration.ofSeconds(2), 1_000);

    private final Map<String, Set<Ip>> owned = new HashMap<>();
    private final NeighbourAnnouncer announcer;
    private volatile boolean alive = true;

    private AnnouncerProgram(NeighbourAnnouncer announcer) {
        this.announcer = announcer;
    }

    @SuppressWarnings("try") // The monitor is not called, it calls.
    public static void main(String[] arguments) throws IOException {
        boolean deaf = Arrays.asList(arguments).contains("deaf");
        try (NodeMulticast node = new NodeMulticast();
                NeighbourAnnouncer announcer = new NeighbourAnnouncer(
                        SETTINGS, AnnouncerProgram::find, deaf ? new Deaf() : new Member(node), L2Listener.NONE);
                LinkMonitor monitor = new LinkMonitor(announcer::linksChanged);
                ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor()) {
            AnnouncerProgram program = new AnnouncerProgram(announcer);
            var _ = ticker.scheduleAtFixedRate(program::tick, 0, 50, TimeUnit.MILLISECONDS);
            System.out.println("ok");
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                program.obey(line.split(" "));
                System.out.println("ok");
            }
            ticker.shutdownNow();
        }
    }

    private void tick() {
        if (alive) {
            announcer.alive();
        }
    }

    private void obey(String[] words) {
        switch (words[0]) {
            case "own" -> {
                owned.put(words[1], Arrays.stream(words).skip(2).map(Ip::parse).collect(Collectors.toSet()));
                announcer.apply(new L2Intent(owned));
            }
            case "forget" -> {
                owned.remove(words[1]);
                announcer.apply(new L2Intent(owned));
            }
            case "alive" -> alive = words[1].equals("on");
            case "status" -> {
                announcer
                        .status()
                        .forEach(status -> System.out.println(status.address() + " answered="
                                + status.requestsAnswered() + " announced=" + status.announcementsSent()));
                announcer
                        .interfaces()
                        .forEach(status -> System.out.println(status.interfaceName() + " " + status.state() + " "
                                + status.problem().orElse("-") + " " + status.dropped()));
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static Optional<L2Interface> find(String name) {
        try {
            return Links.snapshot().stream()
                    .filter(link -> link.name().equals(name))
                    .map(link -> new L2Interface(name, link.index(), link.mac(), link.up() && link.carrier()))
                    .findFirst();
        } catch (LinuxException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Member(NodeMulticast node) implements MulticastGroups {
        @Override
        public void join(int ifIndex, Ip group) throws IOException {
            node.join(ifIndex, group);
        }

        @Override
        public void leave(int ifIndex, Ip group) throws IOException {
            node.leave(ifIndex, group);
        }
    }

    /** Joins nothing: shows what the memberships are for. */
    private record Deaf() implements MulticastGroups {
        @Override
        public void join(int ifIndex, Ip group) {}

        @Override
        public void leave(int ifIndex, Ip group) {}
    }
}
