package dev.clarion.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The manifests of {@code config-samples}, and short texts that tests share. */
final class Samples {
    static final Path DIRECTORY = Path.of("..", "config-samples");

    private Samples() {}

    /** The value of {@code config.yaml} in a sample manifest, found by the project's own YAML tree. */
    static String configYaml(String file) {
        try {
            return manifest(Files.readString(DIRECTORY.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String manifest(String yaml) {
        try {
            Node.Mapping root = (Node.Mapping) TreeBuilder.build(yaml).orElseThrow();
            Node.Mapping data = (Node.Mapping) root.first("data").orElseThrow().value();
            return ((Node.Scalar) data.first(Names.CONFIG_KEY).orElseThrow().value()).text();
        } catch (UnreadableException e) {
            throw new AssertionError(e.problem().toString(), e);
        }
    }

    /** Reads a text that has no problem. */
    static EffectiveConfig publish(String yaml) {
        Publication publication = Publication.of(Optional.empty(), ConfigReader.read(yaml));
        if (!publication.problems().isEmpty()) {
            throw new AssertionError(publication.problems().toString());
        }
        return publication.effective();
    }
}
