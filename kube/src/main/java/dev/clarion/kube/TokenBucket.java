package dev.clarion.kube;

/**
 * Lets so many things through at once, and so many per second in the long run. Not safe for several threads; time is
 * data, in nanoseconds of a clock that only goes forward.
 */
final class TokenBucket {
    private final double perNano;
    private final double burst;
    private double tokens;
    private long last;

    TokenBucket(double perSecond, int burst, long now) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.tokens = burst;
        this.last = now;
    }

    /** Takes one token and returns how many nanoseconds its user has to wait first: zero while the burst lasts. */
    long take(long now) {
        tokens = Math.min(burst, tokens + (now - last) * perNano) - 1;
        last = now;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perNano);
    }
}
