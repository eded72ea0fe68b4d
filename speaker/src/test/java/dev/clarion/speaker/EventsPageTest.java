package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page for the one who is paged: docs/events.md. Speakers' words begin small, as MetalLB's do. */
class EventsPageTest {
    private static final Pattern FIRST_IN_ROW = Pattern.compile("(?m)^\\| `([a-z][A-Za-z]+)` \\|");

    @Test
    void eachEventOfASpeakerIsExplainedAndNoneThatItNeverRecords() throws IOException {
        Set<String> recorded = Arrays.stream(EventReason.values())
                .map(EventReason::word)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> explained = FIRST_IN_ROW
                .matcher(Files.readString(Path.of("../docs/events.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(explained).isEqualTo(recorded);
    }
}
