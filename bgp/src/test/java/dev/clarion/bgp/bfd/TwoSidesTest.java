package dev.clarion.bgp.bfd;

import static dev.clarion.bgp.bfd.TwoSides.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.bfd.fsm.BfdReason;
import dev.clarion.bgp.bfd.fsm.Event;
import dev.clarion.bgp.bfd.fsm.Wanted;
import dev.clarion.bgp.bfd.wire.BfdState;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What two sessions do to each other over a lossy network, with sides that pause: many lives, each from a seed. */
class TwoSidesTest {
    private static final int LIVES = 150;
    private static final long SECOND = 1_000 * MILLI;
    private static final long LIFE = 60 * SECOND;

    @Test
    void lossesBelowTheMultiplierNeverTakeASessionDown() {
        lives(random -> {
            Wanted left = wanted(random);
            Wanted right = wanted(random);
            int inARow = Math.min(left.multiplier(), right.multiplier()) - 1;
            TwoSides world = new TwoSides(random, left, right, 0.4, inARow, random.nextLong(20 * MILLI));
            world.run(LIFE);
            assertUpAllTheTime(world);
        });
    }

    @Test
    void otherTimersOnEitherSideNeverTakeASessionDownThoughPacketsAreLost() {
        lives(random -> {
            TwoSides world = new TwoSides(random, wanted(random), wanted(random), 0.3, 1, random.nextLong(5 * MILLI));
            world.run(10 * SECOND);
            for (int change = 0; change < 12; change++) {
                TwoSides.Side side = random.nextBoolean() ? world.left() : world.right();
                side.tell(new Event.Reconfigured(wanted(random)));
                world.run(random.nextLong(3 * SECOND));
            }
            world.run(10 * SECOND);
            assertUpAllTheTime(world);
            assertThat(world.left().state().polling() || world.right().state().polling())
                    .as("every poll was answered")
                    .isFalse();
        });
    }

    @Test
    void aSilentCutIsSeenWithinTheDetectionTimeAndNotBefore() {
        lives(random -> {
            long delay = random.nextLong(20 * MILLI);
            TwoSides world = new TwoSides(random, wanted(random), wanted(random), 0, 0, delay);
            world.run(20 * SECOND + random.nextLong(SECOND));
            long cut = world.now();
            long least = Math.min(
                    world.left().state().detectionTime(), world.right().state().detectionTime());
            long most = Math.max(
                    world.left().state().detectionTime(), world.right().state().detectionTime());
            long pace = Math.max(
                    world.left().state().transmitInterval(),
                    world.right().state().transmitInterval());
            world.cut();
            world.run(LIFE);
            for (TwoSides.Side side : new TwoSides.Side[] {world.left(), world.right()}) {
                assertThat(side.downs(BfdReason.DETECTION_TIME_EXPIRED)).isOne();
                long took = side.seen().getLast().at() - cut;
                assertThat(took).isBetween((least - pace) * 1_000, most * 1_000);
                assertThat(side.state().transmitInterval()).isEqualTo(Wanted.SLOW);
            }
        });
    }

    @Test
    void aPauseThatThePeerSurvivesTakesNobodyDownWhetherPacketsWaitedOrWereLost() {
        lives(random -> {
            Wanted both = new Wanted(100_000, 100_000, random.nextInt(3, 6), false);
            TwoSides world = new TwoSides(random, both, both, 0, 0, random.nextLong(5 * MILLI));
            world.run(10 * SECOND);
            for (int pause = 0; pause < 20; pause++) {
                // The peer last heard us an interval and a delay before the pause at worst.
                long longest = (both.multiplier() - 1L) * 100 * MILLI - 10 * MILLI;
                TwoSides.Side side = random.nextBoolean() ? world.left() : world.right();
                side.pause(random.nextLong(longest), random.nextBoolean());
                world.run(SECOND + random.nextLong(SECOND));
            }
            assertUpAllTheTime(world);
        });
    }

    @Test
    void aLongPauseOfOursIsNeverTakenForThePeersSilenceSinceWhatWaitedIsReadFirst() {
        lives(random -> {
            Wanted both = new Wanted(100_000, 100_000, 3, false);
            TwoSides world = new TwoSides(random, both, both, 0, 0, random.nextLong(5 * MILLI));
            world.run(10 * SECOND);
            for (int pause = 0; pause < 10; pause++) {
                world.left().pause(300 * MILLI + random.nextLong(5 * SECOND), false);
                world.run(10 * SECOND);
                assertThat(world.left().state().kind()).isEqualTo(BfdState.UP);
            }
            assertThat(world.left().downs(BfdReason.DETECTION_TIME_EXPIRED)).isZero();
            assertThat(world.right().downs(BfdReason.DETECTION_TIME_EXPIRED))
                    .as("it is the peer that does not hear us")
                    .isPositive();
        });
    }

    @Test
    void aCutThatComesDuringAPauseIsSeenOneIntervalLaterAtMost() {
        lives(random -> {
            Wanted both = new Wanted(100_000, 100_000, 3, false);
            TwoSides world = new TwoSides(random, both, both, 0, 0, MILLI);
            world.run(10 * SECOND + random.nextLong(SECOND));
            world.left().pause(400 * MILLI, true);
            world.cut();
            long cut = world.now();
            world.run(LIFE);
            assertThat(world.left().downs(BfdReason.DETECTION_TIME_EXPIRED)).isOne();
            assertThat(world.left().seen().getLast().at() - cut).isBetween(400 * MILLI, 500 * MILLI);
            assertThat(world.left().counters().credits()).isOne();
        });
    }

    @Test
    void aSessionThatIsTakenAwayIsNoFailureForThePeer() {
        lives(random -> {
            TwoSides world = new TwoSides(random, wanted(random), wanted(random), 0, 0, random.nextLong(5 * MILLI));
            world.run(20 * SECOND);
            world.left().tell(new Event.Disabled());
            world.run(5 * SECOND);
            assertThat(world.right().downs(BfdReason.PEER_ADMIN_DOWN)).isOne();
            assertThat(world.right().downs()).isOne();
            world.left().tell(new Event.Enabled());
            world.run(20 * SECOND);
            assertThat(world.right().state().kind()).isEqualTo(BfdState.UP);
            assertThat(world.left().state().kind()).isEqualTo(BfdState.UP);
        });
    }

    @Test
    void thePaceIsThatOfTheSlowerWithJitterAndNoFasterThanASecondBeforeUp() {
        lives(random -> {
            Wanted left = wanted(random);
            Wanted right = wanted(random);
            TwoSides world = new TwoSides(random, left, right, 0, 0, 0);
            world.run(20 * SECOND);
            int before = world.left().packets();
            world.run(LIFE);
            long pace = Math.max(left.transmit(), right.receive()) * 1_000;
            assertThat((double) (world.left().packets() - before))
                    .as("left %s, right %s", left, right)
                    .isBetween(LIFE / (pace * 0.95), LIFE / (pace * 0.80));
            TwoSides alone = new TwoSides(random, left, right, 1, Integer.MAX_VALUE, 0);
            alone.run(LIFE);
            assertThat(alone.left().packets()).isBetween(60, 81);
        });
    }

    private static void assertUpAllTheTime(TwoSides world) {
        for (TwoSides.Side side : new TwoSides.Side[] {world.left(), world.right()}) {
            assertThat(side.state().kind()).as("%s", side.seen()).isEqualTo(BfdState.UP);
            assertThat(side.downs()).as("%s", side.seen()).isZero();
        }
    }

    /** Timers as a profile may have them, though not the slowest, so that a life sees many packets. */
    private static Wanted wanted(SplittableRandom random) {
        return new Wanted(
                random.nextLong(10, 600) * 1_000, random.nextLong(10, 600) * 1_000, random.nextInt(2, 6), false);
    }

    private static void lives(Consumer<SplittableRandom> life) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int number = 0; number < LIVES; number++) {
            try {
                life.accept(seeds.split());
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ", life " + number, failure);
            }
        }
    }
}
