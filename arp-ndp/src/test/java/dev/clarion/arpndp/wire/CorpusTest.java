package dev.clarion.arpndp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed corpus, frame by frame, and each of its frames mangled. */
class CorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final long SEED = 0xc0_4b05L;
    private static final int DAMAGES = 2_000;

    /**
     * One line.
     *
     * @param outcome OK, or the defect
     * @param hex the frame
     * @param what what it is
     */
    record Line(String outcome, String hex, String what) {

        static Line of(String text) {
            String[] parts = text.split(" ", 3);
            return new Line(parts[0], parts[1].equals("-") ? "" : parts[1], parts[2]);
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static List<Line> lines() {
        return Stream.of("arp.txt", "ndp.txt").flatMap(CorpusTest::read).toList();
    }

    private static Stream<Line> read(String file) {
        try {
            return Files.readAllLines(CORPUS.resolve(file)).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(Line::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void eachFrameIsWhatTheCorpusSays(Line line) {
        Decoded decoded = Frames.decode(line.bytes());
        if (line.outcome().equals("OK")) {
            assertThat(decoded).isInstanceOf(Frame.class);
        } else {
            assertThat(decoded).isEqualTo(new Decoded.Malformed(Defect.valueOf(line.outcome())));
        }
    }

    @Test
    void thereIsAFrameForEachDefect() {
        Set<Defect> shown = lines().stream()
                .map(Line::outcome)
                .filter(outcome -> !outcome.equals("OK"))
                .map(Defect::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Defect.class)));
        assertThat(shown).containsExactlyInAnyOrder(Defect.values());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whateverIsDoneToAFrameItGivesAValueThatSurvivesBothWays(Line line) {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] frame = line.bytes();
        for (int round = 0; round < DAMAGES; round++) {
            byte[] bytes = damaged(frame, random);
            try {
                if (Frames.decode(bytes) instanceof Frame valid) {
                    assertThat(Frames.decode(valid.encode())).isEqualTo(valid);
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + SEED + " round " + round + ": "
                                + HexFormat.of().formatHex(bytes),
                        e);
            }
        }
    }

    private static byte[] damaged(byte[] frame, SplittableRandom random) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(frame, random.nextInt(160)) : frame.clone();
        for (int damage = random.nextInt(1, 5); damage > 0 && bytes.length > 0; damage--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (bytes[at] ^ 1 << random.nextInt(8));
        }
        return bytes;
    }
}
