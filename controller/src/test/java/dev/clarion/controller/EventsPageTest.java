package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.allocation.AllocationReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for the one who is paged: docs/events.md. */
class EventsPageTest {
    private static final Path PAGE = Path.of("../docs/events.md");
    private static final Pattern WORD = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
    /** In back quotes, and no reasons: kinds. */
    private static final Set<String> KINDS = Set.of("L2Advertisement", "BGPAdvertisement");

    @Test
    void eachReasonOfTheControllerIsExplainedAndNoneThatItNeverGives() throws IOException {
        Set<String> given = Stream.of(
                        Arrays.stream(AllocationReason.values()).map(AllocationReason::word),
                        Arrays.stream(AnnouncedReason.values()).map(AnnouncedReason::word),
                        Arrays.stream(EventReason.values()).map(EventReason::word))
                .flatMap(words -> words)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> explained = WORD.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .filter(word -> !KINDS.contains(word))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(explained).isEqualTo(given);
    }
}
