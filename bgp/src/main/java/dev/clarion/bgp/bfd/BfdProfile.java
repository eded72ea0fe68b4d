package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.fsm.Wanted;
import java.time.Duration;

/**
 * How a session behaves. A change of a profile reaches a session that is up by a poll; it never ends one.
 *
 * @param receive the least interval in which we can receive, 10 ms to 60 s
 * @param transmit the interval in which we want to send, 10 ms to 60 s; the peer may ask for a longer one
 * @param multiplier how many of our packets the peer has to miss, 2 to 255
 * @param echo wanted, and not done: see {@link BfdProblem#ECHO_UNSUPPORTED}
 * @param passive whether to be silent until the peer is heard
 * @param minimumTtl multihop only: how much of the TTL must be left, 1 to 254
 */
public record BfdProfile(
        Duration receive, Duration transmit, int multiplier, boolean echo, boolean passive, int minimumTtl) {

    /** 300 ms, three times: what routers do too if not told otherwise. */
    public static final BfdProfile DEFAULT = of(300, 3);

    private static final long MIN_MILLIS = 10;
    private static final long MAX_MILLIS = 60_000;

    /** Throws IllegalArgumentException when a value is outside its range. */
    public BfdProfile {
        requireInterval("receive", receive);
        requireInterval("transmit", transmit);
        if (multiplier < 2 || multiplier > 255) {
            throw new IllegalArgumentException("a detection multiplier is 2 to 255, not " + multiplier);
        }
        if (minimumTtl < 1 || minimumTtl > 254) {
            throw new IllegalArgumentException("a minimum TTL is 1 to 254, not " + minimumTtl);
        }
    }

    /** The same interval both ways, in milliseconds; no echo, active, minimum TTL 254. */
    public static BfdProfile of(int millis, int multiplier) {
        Duration interval = Duration.ofMillis(millis);
        return new BfdProfile(interval, interval, multiplier, false, false, 254);
    }

    Wanted wanted() {
        return new Wanted(micros(transmit), micros(receive), multiplier, passive);
    }

    private static long micros(Duration interval) {
        return interval.toNanos() / 1_000;
    }

    private static void requireInterval(String name, Duration interval) {
        if (interval.toMillis() < MIN_MILLIS || interval.compareTo(Duration.ofMillis(MAX_MILLIS)) > 0) {
            throw new IllegalArgumentException(
                    "a " + name + " interval is 10 ms to 60 s, not " + interval.toMillis() + " ms");
        }
    }
}
