package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Mangles the samples, and edits one configuration into another, a few thousand times each; seeds are printed. */
class MutationTest {
    /** More rounds for a longer search: {@code -Dclarion.fuzz=50}. */
    private static final int FACTOR = Integer.getInteger("clarion.fuzz", 1);

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
            "'",
            "|\n",
            "#",
            "---\n",
            "!!binary ",
            "<<: ",
            "\0",
            "\ud83d\ude00",
            "%",
            "@",
            "~",
            "0",
            "-",
            "::",
            "/0",
            ",",
            "name: lan\n",
            "ipAddressPools:\n",
            "? ",
            ": 9s",
            "matchLabels: ",
            "large:1:2:3",
            "nodeSelectors: [{}]\n  ",
            "64512",
            "10.0.0.1",
            "fast",
            "move");

    @Test
    void mangledSamplesNeverBreakAnything() {
        String everything = Corpus.text("all-fields.yaml");
        List<String> samples = List.of(
                everything, everything, everything, Samples.configYaml("lab.yaml"), Corpus.text("references.yaml"));
        EffectiveConfig published =
                Publication.of(Optional.empty(), ConfigReader.read(everything)).effective();
        Schema schema = Schema.load();
        int[] outcomes = new int[3];
        run(20_000, 1_200 * FACTOR, random -> {
            StringBuilder text = new StringBuilder(samples.get(random.nextInt(samples.size())));
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                mutate(text, random);
            }
            Publication publication = Invariants.check(published, text.toString());
            if (ConfigReader.read(text.toString()).isValid()) {
                assertThat(schema.wrong(Schema.of(text.toString())))
                        .as(text.toString())
                        .isEmpty();
            }
            outcomes[
                    publication.problems().stream().allMatch(problem -> problem.severity() == Severity.WARNING)
                            ? 0
                            : publication.effective().kept().isEmpty() ? 1 : 2]++;
        });
        assertThat(outcomes).as("clean, with errors only, with kept forms").doesNotContain(0);
    }

    private static void mutate(StringBuilder text, SplittableRandom random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(5)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            default -> {
                String line = text.substring(text.lastIndexOf("\n", at) + 1);
                int next = line.indexOf('\n') + 1;
                text.insert(random.nextInt(text.length() + 1), line.substring(0, next));
            }
        }
    }

    /** Pools of a small world, so that names, clashes and typos meet in every combination. */
    @Test
    void editsOfClashingPoolsNeverBreakAnything() {
        int[] clashes = new int[1];
        run(50_000, 400 * FACTOR, random -> {
            EffectiveConfig published = EffectiveConfig.NONE;
            for (int edit = 0; edit < 4; edit++) {
                Publication publication = Invariants.check(published, document(random));
                clashes[0] += (int) publication.problems().stream()
                        .filter(problem -> problem.reason() == ProblemReason.OVERLAP)
                        .count();
                published = publication.effective();
            }
        });
        assertThat(clashes[0]).isGreaterThan(250);
    }

    private static String document(SplittableRandom random) {
        StringBuilder yaml = new StringBuilder("ipAddressPools:\n");
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = random.nextInt(12) == 0 ? "BAD" : String.valueOf((char) ('a' + random.nextInt(5)));
            int from = random.nextInt(12);
            int to = from + random.nextInt(4);
            String range = random.nextInt(8) == 0 ? "typo" : "10.0.0." + from + "-10.0.0." + to;
            yaml.append("- {name: ")
                    .append(name)
                    .append(", addresses: [")
                    .append(range)
                    .append("]}\n");
        }
        return yaml.toString();
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
