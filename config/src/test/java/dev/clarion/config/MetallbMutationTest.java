package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Replays the corpus of MetalLB's ConfigMaps and resources, and mangles each document a few thousand times; seeds are
 * printed. Whatever comes in, nothing is thrown and what must hold holds.
 */
class MetallbMutationTest {
    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final List<String> PIECES = List.of(
            "- ",
            "  ",
            "\t",
            "\n",
            ": ",
            "[",
            "]",
            "{",
            "}",
            "&a ",
            "*a",
            "\"",
            "|\n",
            "#",
            "<<: ",
            "\0",
            "~",
            "0",
            "-",
            "::",
            "/0",
            ",",
            "name: lan\n",
            "address-pools:\n",
            "peers:\n",
            "protocol: bgp\n",
            "? ",
            "no",
            "90",
            "_");
    private static final List<@Nullable Object> VALUES = java.util.Arrays.asList(
            null,
            "",
            "x",
            0,
            -1,
            7L,
            4294967296L,
            1.5,
            true,
            "10.0.0.9/24",
            "::/0",
            "90s",
            "64512:1",
            List.of(),
            Map.of(),
            List.of("a", "a"),
            "\u0000",
            "9".repeat(400),
            List.of(Map.of()));

    private static List<String> corpus(String name) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(name))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                texts.add(Files.readString(file));
            }
            assertThat(texts).as(name).hasSizeGreaterThan(2);
            return texts;
        }
    }

    private static Reading configMap(String yaml) {
        return MetallbConfigReader.read("metallb-system", "config", yaml);
    }

    @Test
    void theCorpusOfConfigMapsIsReplayed() throws Exception {
        for (String text : corpus("metallb-configmap")) {
            check(EffectiveConfig.NONE, configMap(text));
        }
    }

    @Test
    void mangledConfigMapsNeverBreakAnything() throws Exception {
        List<String> corpus = corpus("metallb-configmap");
        EffectiveConfig published =
                Publication.of(Optional.empty(), configMap(corpus.get(2))).effective();
        int[] outcomes = new int[3];
        run(70_000, 3_000, random -> {
            StringBuilder text = new StringBuilder(corpus.get(random.nextInt(corpus.size())));
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                int at = random.nextInt(text.length() + 1);
                int end = Math.min(text.length(), at + random.nextInt(12));
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, end);
                    case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                    case 2 -> text.insert(at, text.substring(at, end));
                    default -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
                }
            }
            count(outcomes, check(published, configMap(text.toString())));
        });
        assertThat(outcomes).as("clean, with problems only, with kept forms").doesNotContain(0);
    }

    @Test
    void theCorpusOfResourcesIsReplayed() throws Exception {
        for (String text : corpus("resources")) {
            check(EffectiveConfig.NONE, MetallbResourceReader.read(resources(text, null), Set.of()));
        }
    }

    @Test
    void mangledResourcesNeverBreakAnything() throws Exception {
        List<String> corpus = corpus("resources");
        EffectiveConfig published = Publication.of(
                        Optional.empty(), MetallbResourceReader.read(resources(corpus.getFirst(), null), Set.of()))
                .effective();
        assertThat(published.config().entries()).hasSizeGreaterThan(6);
        int[] outcomes = new int[3];
        run(80_000, 3_000, random -> {
            List<MetallbResource> resources = resources(corpus.get(random.nextInt(corpus.size())), random.split());
            Set<MetallbKind> unknown = new HashSet<>();
            if (random.nextInt(4) == 0) {
                List<MetallbKind> kinds = List.copyOf(EnumSet.allOf(MetallbKind.class));
                unknown.add(kinds.get(random.nextInt(kinds.size())));
            }
            count(outcomes, check(published, MetallbResourceReader.read(resources, unknown)));
        });
        assertThat(outcomes).as("clean, with problems only, with kept forms").doesNotContain(0);
    }

    private static void count(int[] outcomes, Publication publication) {
        outcomes[
                publication.problems().isEmpty()
                        ? 0
                        : publication.effective().kept().isEmpty() ? 1 : 2]++;
    }

    private static Publication check(EffectiveConfig published, Reading reading) throws ConfigException {
        return Invariants.check(published, reading);
    }

    /** The objects of a text, each mangled once or twice if there is chance. */
    private static List<MetallbResource> resources(String text, @Nullable SplittableRandom random) {
        List<MetallbResource> resources = new ArrayList<>();
        for (Object document : new Yaml().loadAll(text)) {
            Map<String, Object> object = Trees.strings(document);
            Map<String, Object> meta = Trees.strings(object.get("metadata"));
            Map<String, Object> spec = Trees.strings(object.get("spec"));
            Map<String, String> labels = new HashMap<>();
            Trees.strings(meta.get("labels")).forEach((key, value) -> labels.put(key, String.valueOf(value)));
            if (random != null && random.nextInt(3) > 0) {
                spec = Trees.strings(mangle(spec, random));
            }
            if (random == null || random.nextInt(8) > 0) {
                resources.add(new MetallbResource(
                        MetallbKind.of(String.valueOf(object.get("kind"))).orElseThrow(),
                        String.valueOf(object.get("apiVersion")).replaceAll(".*/", ""),
                        String.valueOf(meta.get("namespace")),
                        String.valueOf(meta.get("name")),
                        labels,
                        spec));
            }
        }
        return resources;
    }

    /** The same tree with something in it taken out, doubled, or put in the place of something else. */
    private static @Nullable Object mangle(@Nullable Object tree, SplittableRandom random) {
        if (random.nextInt(6) == 0) {
            return VALUES.get(random.nextInt(VALUES.size()));
        }
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            Map<String, @Nullable Object> copy = new HashMap<>(Trees.strings(map));
            List<String> keys = copy.keySet().stream().sorted().toList();
            String key = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(key);
                case 1 -> copy.put(key + "x", copy.get(key));
                default -> copy.put(key, mangle(copy.get(key), random));
            }
            return copy;
        }
        if (tree instanceof List<?> list && !list.isEmpty()) {
            List<@Nullable Object> copy = new ArrayList<>(list);
            int at = random.nextInt(copy.size());
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(at);
                case 1 -> copy.add(copy.get(at));
                default -> copy.set(at, mangle(copy.get(at), random));
            }
            return copy;
        }
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private interface Property {
        void check(SplittableRandom random) throws ConfigException;
    }

    private static void run(long seed, int rounds, Property property) {
        for (long round = seed; round < seed + rounds; round++) {
            try {
                property.check(new SplittableRandom(round));
            } catch (AssertionError | RuntimeException | ConfigException failure) {
                throw new AssertionError("fails with seed " + round + ": " + failure.getMessage(), failure);
            }
        }
    }
}
