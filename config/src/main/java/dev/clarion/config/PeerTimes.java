package dev.clarion.config;

import java.time.Duration;
import java.util.Optional;

/** The times of a BGP peer, which depend on each other. */
record PeerTimes(Duration hold, Optional<Duration> keepalive, Optional<Duration> connect, Optional<Duration> stale) {
    private static final long MIN_HOLD = 3;
    private static final long MAX = 65_535;
    /** 24 bits (RFC 9494 section 3). */
    private static final long MAX_STALE = 16_777_215;

    static PeerTimes read(FieldReader fields) {
        Optional<Duration> hold = fields.seconds(
                PeerForm.HOLD_TIME,
                PeerTimes::isHoldTime,
                ProblemReason.BAD_HOLD_TIME,
                "a hold time is 0s, or 3s to 65535s in whole seconds");
        Optional<Duration> keepalive = fields.seconds(
                PeerForm.KEEPALIVE_TIME,
                time -> isWithin(time, MAX / 3),
                ProblemReason.BAD_TIME,
                "write whole seconds, from 1s to " + MAX / 3 + "s");
        Optional<Duration> connect = fields.seconds(
                PeerForm.CONNECT_TIME,
                time -> isWithin(time, MAX),
                ProblemReason.BAD_TIME,
                "write whole seconds, from 1s to " + MAX + "s");
        Optional<Duration> stale = fields.seconds(
                PeerForm.LONG_LIVED_STALE_TIME,
                time -> isWithin(time, MAX_STALE),
                ProblemReason.BAD_TIME,
                "write whole seconds, from 1s to " + MAX_STALE + "s");
        Duration used =
                hold.or(() -> keepalive.map(time -> time.multipliedBy(3))).orElse(BgpPeer.DEFAULT_HOLD_TIME);
        if (keepalive.isPresent() && keepalive.get().compareTo(used) > 0) {
            fields.error(
                    ProblemReason.CONTRADICTION,
                    fields.position(PeerForm.KEEPALIVE_TIME),
                    PeerForm.KEEPALIVE_TIME,
                    used.isZero()
                            ? "a hold time of 0s means no keepalives; take this out"
                            : "longer than the hold time, so the session would not last; a third of it is usual");
        }
        return new PeerTimes(used, keepalive, connect, stale);
    }

    private static boolean isHoldTime(Duration time) {
        return time.isZero() || (time.toSeconds() >= MIN_HOLD && time.toSeconds() <= MAX);
    }

    private static boolean isWithin(Duration time, long most) {
        return time.toSeconds() >= 1 && time.toSeconds() <= most;
    }
}
