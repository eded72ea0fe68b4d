package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/** What must hold whatever a user writes. The fuzzers call this. */
final class Invariants {
    private Invariants() {}

    /** Reads a text, brings it into force over something published, and checks all that can be known in general. */
    static Publication check(EffectiveConfig published, String yaml) throws ConfigException {
        return check(published, ConfigReader.read(yaml));
    }

    /** The same of what any source says. */
    static Publication check(EffectiveConfig published, Reading reading) throws ConfigException {
        for (Problem problem : reading.problems()) {
            assertThat(problem.toString().chars().noneMatch(Character::isISOControl))
                    .isTrue();
            assertThat(problem.message().length()).isBetween(1, 1_000);
        }
        boolean anyBad = reading.outcome() instanceof Reading.Document document
                ? document.entries().stream().anyMatch(Reading.Bad.class::isInstance)
                : true;
        assertThat(anyBad && reading.isValid()).as("bad without a problem").isFalse();
        boolean complete = reading.outcome() instanceof Reading.Document whole
                && whole.incomplete().isEmpty();
        Publication publication = Publication.of(Optional.of(published), reading);
        // The constructor of EffectiveConfig refuses clashes of names and addresses; the published text repeats it.
        EffectiveConfig effective = publication.effective();
        assertThat(EffectiveYaml.read(EffectiveYaml.write(effective))).isEqualTo(effective);
        for (EntryKey key : effective.kept().keySet()) {
            assertThat(effective.config().entries())
                    .anyMatch(entry -> entry.key().equals(key));
        }
        assertThat(effective.generation())
                .isEqualTo(published.generation() + (effective.config().equals(published.config()) ? 0 : 1));
        if (reading.isValid()) {
            assertThat(publication.problems()).noneMatch(problem -> problem.severity() == Severity.ERROR);
            assertThat(complete && !effective.kept().isEmpty()).isFalse();
        }
        Publication again = Publication.of(Optional.of(effective), reading);
        assertThat(again.effective()).as("the same document once more").isEqualTo(effective);
        return publication;
    }
}
