package dev.clarion.linux;

import dev.clarion.net.Ip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * This module's classes in a namespace of the test's, ordered about line by line: {@code links}, {@code changes} (how
 * often the monitors told), {@code watch NAME NAME} and {@code routers NAME}, {@code suitable}, {@code gateways}, {@code check INTERFACE ADDRESS}, {@code raise} (a thread's
 * priority), {@code join INDEX GROUP}, {@code leave INDEX GROUP}. Each answer ends with "ok".
 */
final class KernelProgram {

    private KernelProgram() {}

    @SuppressWarnings("try") // The monitor is not called, it calls.
    public static void main(String[] arguments) throws IOException {
        AtomicLong changes = new AtomicLong();
        try (Discovery routers = new Discovery(changes::incrementAndGet);
                LinkMonitor monitor = new LinkMonitor(changes::incrementAndGet);
                NodeMulticast multicast = new NodeMulticast()) {
            System.out.println("ok");
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                String[] words = line.split(" ", 3);
                try {
                    switch (words[0]) {
                        case "links" -> Links.snapshot().forEach(System.out::println);
                        case "suitable" -> suitable();
                        case "gateways" -> gateways();
                        case "check" -> check(words[1], Ip.parse(words[2]));
                        case "raise" -> raise();
                        case "watch" -> routers.get().watch(Set.of(words[1], words[2]));
                        case "routers" -> System.out.println(routers(routers.get(), words[1]));
                        case "changes" -> System.out.println(changes);
                        case "join" -> multicast.join(Integer.parseInt(words[1]), Ip.parse(words[2]));
                        case "leave" -> multicast.leave(Integer.parseInt(words[1]), Ip.parse(words[2]));
                        default -> throw new IllegalArgumentException(line);
                    }
                } catch (LinuxException e) {
                    System.out.println(e.getMessage());
                }
                System.out.println("ok");
            }
        }
        System.out.println("closed");
        System.out.println("ok");
    }

    /** Begins when it is asked for: what else there is needs no right to it. */
    private static final class Discovery implements AutoCloseable {
        private final Runnable changed;
        private @Nullable RouterDiscovery running;

        Discovery(Runnable changed) {
            this.changed = changed;
        }

        RouterDiscovery get() throws LinuxException {
            RouterDiscovery now = running == null ? new RouterDiscovery(changed) : running;
            running = now;
            return now;
        }

        @Override
        public void close() {
            if (running != null) {
                running.close();
            }
        }
    }

    private static Set<Ip> routers(RouterDiscovery routers, String interfaceName) {
        OptionalInt index = routers.index(interfaceName);
        return index.isPresent() ? new TreeSet<>(routers.routers(index.getAsInt())) : Set.of();
    }

    private static void suitable() throws LinuxException {
        for (Link link : Links.snapshot()) {
            System.out.println(link.name() + " "
                    + InterfaceChoice.DEFAULT
                            .against(link)
                            .map(Unsuitable::name)
                            .orElse("suitable"));
        }
    }

    private static void gateways() throws LinuxException {
        new TreeMap<>(Gateways.snapshot())
                .forEach((index, routers) -> System.out.println(index + " " + new TreeSet<>(routers)));
    }

    private static void check(String segment, Ip address) throws LinuxException {
        KernelChecks.look(new Sysctl(), Links.snapshot(), Set.of(segment), List.of(address))
                .forEach(finding -> System.out.println(finding.fault()));
    }

    /** Raises a thread of its own, and says how it, and one that it starts, are scheduled. */
    private static void raise() {
        Thread raised = Thread.ofPlatform().start(() -> {
            System.out.println(ThreadPriority.raise(1, -15) + " policy=" + policy());
            Thread started = Thread.ofPlatform().start(() -> System.out.println("started policy=" + policy()));
            join(started);
        });
        join(raised);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The 41st field of stat in proc(5); the second one, the name, may have spaces in it. */
    private static String policy() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[38];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
