package dev.clarion.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Documents worth keeping: whatever once was trouble, or may be. Each run reads them all. */
final class Corpus {
    private static final Path NATIVE = Path.of("src", "test", "resources", "corpus", "native");

    private Corpus() {}

    static List<Path> files() {
        try (Stream<Path> files = Files.list(NATIVE)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return text(NATIVE.resolve(name));
    }
}
