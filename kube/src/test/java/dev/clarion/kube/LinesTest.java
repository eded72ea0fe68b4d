package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void linesComeOutWholeHoweverTheStreamIsCut() {
        long seed = 0x11E5;
        SplittableRandom random = new SplittableRandom(seed);
        List<String> sent = List.of("{\"a\":1}", "grüße, 日本", "x".repeat(3_000), "end");
        byte[] stream = (String.join("\n", sent) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int run = 0; run < 200; run++) {
            List<String> got = new ArrayList<>();
            Lines lines = new Lines(4_000);
            for (int at = 0; at < stream.length; ) {
                int length = Math.min(stream.length - at, 1 + random.nextInt(run < 100 ? 5 : 2_000));
                lines.feed(
                        ByteBuffer.wrap(stream, at, length), line -> got.add(new String(line, StandardCharsets.UTF_8)));
                at += length;
            }
            assertThat(got).as("seed %d run %d", seed, run).isEqualTo(sent);
        }
    }

    @Test
    void emptyLinesAreNoEventsAndAnUnfinishedLineIsKeptBack() {
        List<String> got = new ArrayList<>();
        new Lines(100)
                .feed(
                        ByteBuffer.wrap("\n\na\n\nb".getBytes(StandardCharsets.UTF_8)),
                        line -> got.add(new String(line, StandardCharsets.UTF_8)));
        assertThat(got).containsExactly("a");
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() {
        Lines lines = new Lines(1_000);
        byte[] chunk = new byte[400];
        lines.feed(ByteBuffer.wrap(chunk), line -> {});
        lines.feed(ByteBuffer.wrap(chunk), line -> {});
        assertThatThrownBy(() -> lines.feed(ByteBuffer.wrap(chunk), line -> {}))
                .isInstanceOf(KubeException.class)
                .hasMessageContaining("1000 bytes");
    }
}
