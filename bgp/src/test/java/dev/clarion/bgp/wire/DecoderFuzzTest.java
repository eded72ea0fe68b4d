package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes in, decoding gives a value: a message, or the NOTIFICATION to answer with. Random and damaged messages here,
 * and the corpus of {@link DecoderFuzz}.
 */
class DecoderFuzzTest {
    private static final Path CORPUS = Path.of("src/test/resources/dev/clarion/bgp/wire/DecoderFuzzInputs");
    private static final int ROUNDS = 20_000;
    private static final List<WireContext> CONTEXTS = RandomMessages.CONTEXTS;

    static Stream<Arguments> corpus() throws IOException {
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> Arguments.of(CORPUS.relativize(file).getName(0).toString(), file))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("corpus")
    void theCorpusGivesValues(String target, Path input) throws IOException {
        DecoderTargets.of(target).accept(Files.readAllBytes(input));
    }

    @Test
    void everyTargetHasACorpus() throws IOException {
        assertThat(corpus().map(arguments -> (String) arguments.get()[0])).containsAll(DecoderTargets.names());
    }

    @Test
    void damagedMessagesGiveAValueAndWhatIsAcceptedCanBeWrittenAndReadAgain() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> valid = MessageVectorsTest.vectors()
                .map(vector -> (byte[]) vector.get()[2])
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            check(damage(valid.get(random.nextInt(valid.size())), random), random, seed);
        }
    }

    @Test
    void randomBodiesBehindAGoodHeaderGiveAValue() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = new byte[Header.LENGTH + random.nextInt(120)];
            random.nextBytes(octets);
            check(DecoderTargets.frame(octets, 1 + random.nextInt(5)), random, seed);
        }
    }

    private static void check(byte[] octets, SplittableRandom random, long seed) {
        WireContext context = CONTEXTS.get(random.nextInt(CONTEXTS.size()));
        try {
            DecoderTargets.holds(octets, context);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + ", " + context + ", " + HexFormat.of().formatHex(octets), failure);
        }
    }

    private static byte[] damage(byte[] message, SplittableRandom random) {
        byte[] damaged = Arrays.copyOf(message, Math.max(Header.LENGTH, message.length + random.nextInt(-6, 7)));
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            int at = random.nextInt(Header.LENGTH - 1, Math.max(Header.LENGTH, damaged.length));
            damaged[at] = (byte) random.nextInt(256);
        }
        return random.nextInt(10) == 0 ? damaged : DecoderTargets.frame(damaged, damaged[18]);
    }
}
