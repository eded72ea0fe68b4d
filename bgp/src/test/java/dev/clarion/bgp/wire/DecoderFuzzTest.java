package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever comes in, decoding gives a value: a message, or the NOTIFICATION to answer with. */
class DecoderFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final List<WireContext> CONTEXTS = List.of(
            new WireContext(true, true),
            new WireContext(true, false),
            new WireContext(false, true),
            new WireContext(false, false));

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
            check(frame(octets, 1 + random.nextInt(5)), random, seed);
        }
    }

    private static void check(byte[] octets, SplittableRandom random, long seed) {
        WireContext context = CONTEXTS.get(random.nextInt(CONTEXTS.size()));
        try {
            Decoded decoded = Messages.decode(octets, context);
            if (decoded instanceof Decoded.Accepted(Message message, List<AttributeFault> faults) && faults.isEmpty()) {
                assertThat(Messages.decode(message.encode(context), context))
                        .isEqualTo(new Decoded.Accepted(message, List.of()));
            }
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
        return random.nextInt(10) == 0 ? damaged : frame(damaged, damaged[18]);
    }

    /** Puts the marker, the true length and a type in front. */
    private static byte[] frame(byte[] octets, int type) {
        Arrays.fill(octets, 0, 16, (byte) 0xff);
        octets[16] = (byte) (octets.length >>> 8);
        octets[17] = (byte) octets.length;
        octets[18] = (byte) type;
        return octets;
    }
}
