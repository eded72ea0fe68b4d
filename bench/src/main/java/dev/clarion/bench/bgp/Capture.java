package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.Background;
import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All BGP on a wire, by tcpdump, as it goes by. */
final class Capture implements AutoCloseable {
    private static final int PORT = 179;

    private final Background tcpdump;
    private final Map<String, Stream> streams = new HashMap<>();
    private final List<Consumer<Heard>> listeners = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private boolean remembers = true;

    /**
     * Returns when it captures.
     *
     * @param before the words that lead to where it is to run, such as those of the lab
     */
    Capture(Path directory, Path log, List<String> before, String device) {
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of("tcpdump", "-i", device, "-U", "-n", "-s", "0", "-B", "16384", "--immediate-mode"));
        words.addAll(List.of("-Z", "root", "-w", "-", "tcp", "port", Integer.toString(PORT)));
        tcpdump = Background.read(directory, log, words);
        Thread.ofPlatform().daemon().name("capture").start(this::read);
        if (!Pause.within(20, () -> said(log))) {
            close();
            throw new BenchException("tcpdump does not begin; see " + log);
        }
    }

    private static boolean said(Path log) {
        try {
            return Files.readString(log).contains("listening on");
        } catch (IOException notYet) {
            return false;
        }
    }

    private void read() {
        try {
            Packet.read(tcpdump.out(), this::packet);
        } catch (IOException ended) {
            // It was closed.
        }
    }

    private synchronized void packet(Packet packet) {
        String flow = packet.from() + " " + packet.fromPort() + " " + packet.to() + " " + packet.toPort();
        streams.computeIfAbsent(flow, any -> new Stream(this::told)).packet(packet);
        notifyAll();
    }

    private void told(Heard message) {
        listeners.forEach(listener -> listener.accept(message));
        if (remembers && message.kind() != Heard.Kind.KEEPALIVE) {
            heard.add(message);
        }
    }

    /** Tells this one too, on the thread that reads. */
    synchronized void also(Consumer<Heard> listener) {
        listeners.add(listener);
    }

    /** What {@link #also} began. */
    synchronized void noMore(Consumer<Heard> listener) {
        listeners.remove(listener);
    }

    /** Forgets what was heard so far. */
    synchronized void forget() {
        heard.clear();
    }

    /** Whether what is heard is kept, to be asked for; it is at first. */
    synchronized void remember(boolean wanted) {
        remembers = wanted;
        heard.clear();
    }

    /** All since {@link #forget}, but for keepalives. */
    synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** How often bytes were missed: nothing can be said then of what was not heard. */
    synchronized int gaps() {
        return streams.values().stream().mapToInt(Stream::gaps).sum();
    }

    /** The first of those heard since {@link #forget} that is so; waits for it. */
    synchronized Optional<Heard> first(double seconds, Predicate<Heard> condition) {
        double end = Pause.now() + seconds * 1e3;
        while (true) {
            Optional<Heard> found = heard.stream().filter(condition).findFirst();
            double left = end - Pause.now();
            if (found.isPresent() || left <= 0) {
                return found;
            }
            try {
                wait(Math.max(1, (long) left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted");
            }
        }
    }

    @Override
    public void close() {
        tcpdump.close();
    }
}
