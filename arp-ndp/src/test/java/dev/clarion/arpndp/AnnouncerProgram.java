package dev.clarion.arpndp;

import dev.clarion.linux.Gateways;
import dev.clarion.linux.LinkMonitor;
import dev.clarion.linux.Links;
import dev.clarion.linux.LinuxException;
import dev.clarion.linux.NodeMulticast;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The announcer as the speaker uses it, ordered about line by line: {@code own INTERFACE ADDRESS...} (none: kept ready),
 * {@code caretake INTERFACE MAC ADDRESS...}, {@code watch INTERFACE ADDRESS...}, {@code forget INTERFACE}, {@code alive
 * on|off}, {@code probe INTERFACE ADDRESS}, {@code kernel INTERFACE ADDRESS COUNT MILLIS}, {@code defend INTERFACE
 * ADDRESS}, {@code status}, {@code events} (what the listener was told since they were asked for last). Argument {@code
 * deaf}: joins no group.
 */
final class AnnouncerProgram {

    private static final Settings SETTINGS =
            // A loaded machine may leave a thread waiting; what a frame's age does is tested without a machine.
            new Settings(Duration.ofSeconds(2), Duration.ofSeconds(2), 1_000);

    private final Map<String, Set<Ip>> owned = new HashMap<>();
    private final Map<String, Map<Ip, Mac>> caretaken = new HashMap<>();
    private final Map<String, Set<Ip>> watched = new HashMap<>();
    private final Events events;
    private final NeighbourAnnouncer announcer;
    private volatile boolean alive = true;

    private AnnouncerProgram(NeighbourAnnouncer announcer, Events events) {
        this.announcer = announcer;
        this.events = events;
    }

    @SuppressWarnings("try") // The monitor is not called, it calls.
    public static void main(String[] arguments) throws IOException {
        Events events = new Events();
        boolean deaf = Arrays.asList(arguments).contains("deaf");
        try (NodeMulticast node = new NodeMulticast();
                NeighbourAnnouncer announcer = new NeighbourAnnouncer(
                        SETTINGS, AnnouncerProgram::find, deaf ? new Deaf() : new Member(node), events);
                LinkMonitor monitor = new LinkMonitor(announcer::linksChanged, announcer::announceAgain);
                ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor()) {
            AnnouncerProgram program = new AnnouncerProgram(announcer, events);
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
                owned.put(words[1], addresses(words, 2));
                apply();
            }
            case "caretake" -> {
                Mac owner = Mac.parse(words[2]);
                caretaken.put(words[1], addresses(words, 3).stream().collect(Collectors.toMap(ip -> ip, ip -> owner)));
                apply();
            }
            case "watch" -> {
                watched.put(words[1], addresses(words, 2));
                apply();
            }
            case "forget" -> {
                owned.remove(words[1]);
                caretaken.remove(words[1]);
                watched.remove(words[1]);
                apply();
            }
            case "probe" -> announcer.probe(words[1], Ip.parse(words[2]));
            case "kernel" ->
                announcer.probeKernel(
                        words[1],
                        Ip.parse(words[2]),
                        Integer.parseInt(words[3]),
                        Duration.ofMillis(Long.parseLong(words[4])));
            case "defend" -> announcer.defend(words[1], Ip.parse(words[2]));
            case "events" -> events.take().forEach(System.out::println);
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

    private void apply() {
        announcer.apply(new L2Intent(owned, caretaken, watched));
    }

    private static Set<Ip> addresses(String[] words, int from) {
        return Arrays.stream(words).skip(from).map(Ip::parse).collect(Collectors.toSet());
    }

    private static Optional<L2Interface> find(String name) {
        try {
            Map<Integer, Set<Ip>> gateways = Gateways.snapshot();
            return Links.snapshot().stream()
                    .filter(link -> link.name().equals(name))
                    .map(link -> new L2Interface(
                            name,
                            link.index(),
                            link.mac(),
                            link.up() && link.carrier(),
                            link.addresses().stream()
                                    .map(own -> new L2Address(own.address(), own.prefixLength()))
                                    .toList(),
                            gateways.getOrDefault(link.index(), Set.of())))
                    .findFirst();
        } catch (LinuxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the listener was told, but for what happens with each frame. */
    private static final class Events implements L2Listener {

        private final Queue<String> told = new ConcurrentLinkedQueue<>();

        List<String> take() {
            List<String> taken = new ArrayList<>();
            for (String next = told.poll(); next != null; next = told.poll()) {
                taken.add(next);
            }
            return taken;
        }

        @Override
        public void stoodIn(String interfaceName, Ip address, Mac owner, Ip requester) {
            told.add("stoodIn " + address + " " + owner + " " + requester);
        }

        @Override
        public void told(String interfaceName, Ip address, Ip neighbour) {
            told.add("told " + address + " " + neighbour);
        }

        @Override
        public void acknowledged(String interfaceName, Ip address, Ip neighbour, boolean gateway) {
            told.add("acknowledged " + address + " " + neighbour + (gateway ? " gateway" : ""));
        }

        @Override
        public void conflict(String interfaceName, Ip address, Mac mac) {
            told.add("conflict " + address + " " + mac);
        }

        @Override
        public void probed(String interfaceName, Ip address, ProbeResult result) {
            told.add("probed " + address + " " + result);
        }

        @Override
        public void kernelAnswered(String interfaceName, Ip target, Mac mac) {
            told.add("kernel " + target + " " + mac);
        }

        @Override
        public void kernelSilent(String interfaceName, Ip target, int asked) {
            told.add("silent " + target + " " + asked);
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
