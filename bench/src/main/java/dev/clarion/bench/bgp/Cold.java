package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Event T: {@link ColdSpeaker} in a sandbox of its own beside four FRR, a new process for each run. */
final class Cold {
    private final Path root;
    private final Path scratch;

    Cold(Path root, Path scratch) {
        this.root = root;
        this.scratch = scratch;
    }

    /** What the speaker printed: a figure a line. */
    void play(Figures figures) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"));
        words.addAll(List.of("bash", root.resolve("bench/routers").toString()));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the speaker is run.
        words.addAll(Files.readAllLines(Path.of(System.getenv("CLARION_DIST"), "etc", "clarion-speaker.options")));
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.addAll(List.of(ColdSpeaker.class.getName(), scratch.toString()));
        Command.run(root, words)
                .ok()
                .lines()
                .filter(line -> line.startsWith("figure "))
                .map(line -> line.split(" ", -1))
                .forEach(line -> figures.add(line[1], Double.parseDouble(line[2])));
    }
}
