package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomMessagesTest {
    private static final int ROUNDS = 10_000;

    @Test
    void whatIsEncodedIsDecodedAsWhatItWas() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            WireContext context = RandomMessages.CONTEXTS.get(random.nextInt(RandomMessages.CONTEXTS.size()));
            Message message = new RandomMessages(random, context).next();
            try {
                assertThat(Messages.decode(message.encode(context), context))
                        .isEqualTo(new Decoded.Accepted(message, List.of()));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ", round " + round + ", " + context, failure);
            }
        }
    }
}
