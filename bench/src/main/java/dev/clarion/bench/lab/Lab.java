package dev.clarion.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The verbs of {@code kind-e2e/lab/lab}, and what only its machine knows. */
public final class Lab {
    public static final List<String> NODES = List.of("n1", "n2", "n3");
    /** By node, its hardware address on the segment. */
    public static final Map<String, String> MACS =
            Map.of("n1", "02:00:00:00:50:11", "n2", "02:00:00:00:50:12", "n3", "02:00:00:00:50:13");

    private final Path root;
    private final String name;
    private final Path state;

    public Lab(Path root, String name) {
        this.root = root;
        this.name = name;
        String labs = System.getenv().getOrDefault("CLARION_LAB_DIR", "/var/tmp/clarion-lab");
        state = Path.of(labs, name);
    }

    public Path root() {
        return root;
    }

    public List<String> words(String... verb) {
        List<String> words =
                new ArrayList<>(List.of(root.resolve("kind-e2e/lab/lab").toString(), "--name", name));
        words.addAll(List.of(verb));
        return words;
    }

    public Command tries(String... verb) {
        return Command.run(root, words(verb));
    }

    public String verb(String... verb) {
        return tries(verb).ok();
    }

    public String kubectl(String... arguments) {
        return verb(Stream.concat(Stream.of("kubectl", "--request-timeout=30s"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    public void apply(String yaml) {
        Command.run(root, words("kubectl", "apply", "-f", "-"), yaml).ok();
    }

    /** Breaks something, and says when at the latest it was broken, in ms since the epoch. */
    public double breaks(String... words) {
        verb(Stream.concat(Stream.of("break"), Stream.of(words)).toArray(String[]::new));
        try {
            List<String> lines = Files.readAllLines(state.resolve("broken").resolve(words[0]));
            return Double.parseDouble(lines.getLast().split(" ", -1)[3]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void healAll() {
        try (Stream<Path> broken = Files.list(state.resolve("broken"))) {
            for (Path file : broken.toList()) {
                verb("heal", file.getFileName().toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The speaker's process on a node, by this machine's process id: a Java in the node's own network. */
    public Optional<ProcessHandle> speaker(String node) {
        String network = verb("exec", node, "readlink", "/proc/self/ns/net").strip();
        return ProcessHandle.allProcesses()
                .filter(process -> isSpeaker(Path.of("/proc", Long.toString(process.pid())), network))
                .findFirst();
    }

    private static boolean isSpeaker(Path proc, String network) {
        try {
            return Files.readString(proc.resolve("comm")).startsWith("java")
                    && Files.readSymbolicLink(proc.resolve("ns/net")).toString().equals(network)
                    && Files.readString(proc.resolve("cmdline")).contains("clarion-speaker");
        } catch (IOException ended) {
            return false;
        }
    }

    public void signal(ProcessHandle process, String signal) {
        Command.run(root, List.of("kill", "-" + signal, Long.toString(process.pid())))
                .ok();
    }
}
