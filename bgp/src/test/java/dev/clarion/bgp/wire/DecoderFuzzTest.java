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
    private static final List<WireContext> CONTEXTS = RandomMessages.CONTEXTS;

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
            holds(octets, context);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + ", " + context + ", " + HexFormat.of().formatHex(octets), failure);
        }
    }

    /** Decoding gives a value, and what it takes for good can be written and is read again as the same. */
    static void holds(byte[] octets, WireContext context) {
        switch (Messages.decode(octets, context)) {
            case Decoded.Refused(Notification error) ->
                assertThat(error.encode(context)).hasSizeLessThanOrEqualTo(context.longest(MessageType.NOTIFICATION));
            case Decoded.Accepted(Message message, List<AttributeFault> faults) -> {
                if (message instanceof Notification notification) {
                    assertThat(notification.describe()).doesNotContainPattern("\\p{Cntrl}");
                }
                if (faults.isEmpty()) {
                    assertThat(Messages.decode(message.encode(context), context))
                            .isEqualTo(new Decoded.Accepted(message, List.of()));
                }
            }
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
