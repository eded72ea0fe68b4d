package dev.clarion.bgp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/bgp-interoperability.md shows what is tested, and nothing else. */
class MatrixPageTest {
    @Test
    void thePageHasTheMatrixAsItIsTested() throws IOException {
        assertThat(Files.readString(Path.of("../docs/bgp-interoperability.md")))
                .as("the page's table is to be%n%s", Matrix.table())
                .contains(Matrix.table());
    }
}
