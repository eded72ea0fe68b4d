package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnsendableTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\| ");

    @Test
    void theUserGuideSaysOfEachReasonWhatToDo() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "bgp.md"))) {
            assertThat(lines.flatMap(line -> ROW.matcher(line).results()).map(row -> row.group(1)))
                    .containsExactlyElementsOf(
                            Stream.of(Unsendable.values()).map(Enum::name).toList());
        }
    }
}
