package dev.clarion.announcement.membership;

import java.util.Optional;

/**
 * One peer listened to on one path: at all, or on one segment.
 *
 * @param heardAt when it was heard last
 * @param vouchedAt when somebody else heard it last
 * @param health the verdict
 * @param since when that began
 * @param suspicion while it is silent
 */
record Watch(long heardAt, long vouchedAt, Health health, long since, Optional<Suspicion> suspicion) {
    /** Long before anything; differences to it do not overflow. */
    static final long NEVER = Long.MIN_VALUE / 4;

    static final Watch UNHEARD = new Watch(NEVER, NEVER, Health.FINE, NEVER, Optional.empty());

    private static final int PROBES = 3;

    /**
     * What a turn found.
     *
     * @param watch the next state
     * @param probe ask the kernel now
     * @param ask ask the others now
     */
    record Turn(Watch watch, boolean probe, boolean ask) {}

    /**
     * What a verdict needs to know besides.
     *
     * @param alone this node sees nobody on that path
     * @param agreed a second opinion agrees, or there is nobody to give one
     * @param expected it said that it would be away
     * @param away whether its kernel may keep it from being gone: a speaker's does, on a segment it counts as heard
     * @param witnessed somebody else was seen on that path when it should have been: else this node may be cut off
     */
    record Circumstances(boolean alone, boolean agreed, boolean expected, boolean away, boolean witnessed) {}

    static Watch begin(long now) {
        return new Watch(now, NEVER, Health.FINE, now, Optional.empty());
    }

    long lastSign() {
        return Math.max(heardAt, vouchedAt);
    }

    Watch heard(long now) {
        if (health == Health.FINE && suspicion.isEmpty()) {
            return new Watch(now, vouchedAt, health, since, suspicion);
        }
        return new Watch(now, vouchedAt, Health.FINE, health == Health.FINE ? since : now, Optional.empty());
    }

    /** Its kernel answered us. */
    Watch kernelAnswered(long now) {
        return new Watch(heardAt, vouchedAt, health, since, suspicion.map(s -> s.answered(now)));
    }

    /** Somebody says that its kernel answers. */
    Watch kernelVouched(long now) {
        return new Watch(heardAt, vouchedAt, health, since, suspicion.map(s -> s.vouched(now)));
    }

    /** Somebody says that it was heard at that time. */
    Watch vouched(long at, long now) {
        if (at <= vouchedAt) {
            return this;
        }
        return new Watch(
                heardAt,
                at,
                Health.FINE,
                health == Health.FINE ? since : now,
                health == Health.FINE ? suspicion : Optional.empty());
    }

    Watch with(Suspicion changed) {
        return new Watch(heardAt, vouchedAt, health, since, Optional.of(changed));
    }

    /** We stood still for so long: that silence was ours. */
    Watch later(long gap, long now) {
        return new Watch(
                Suspicion.shift(heardAt, gap, now),
                Suspicion.shift(vouchedAt, gap, now),
                health,
                since,
                suspicion.map(s -> s.later(gap, now)));
    }

    /** Whether a verdict is being prepared. */
    boolean deciding() {
        return suspicion.isPresent() && health == Health.FINE;
    }

    Turn turn(long now, Profile profile, Circumstances around) {
        long silence = now - lastSign();
        if (silence < profile.suspectAfter() && health == Health.FINE) {
            return new Turn(
                    suspicion.isEmpty() ? this : new Watch(heardAt, vouchedAt, health, since, Optional.empty()),
                    false,
                    false);
        }
        Suspicion present = suspicion.orElseGet(() -> Suspicion.start(now));
        boolean probe = now >= present.nextProbe();
        boolean ask = now >= present.nextQuestion();
        long pace = pace(now, profile);
        Suspicion next = probe ? present.probed(now, pace) : present;
        next = ask ? next.asked(now + questionPace(now, pace, profile, next)) : next;
        next = around.alone() ? next.unasked() : next;
        Health verdict = verdict(now, silence, profile, next, around);
        return new Turn(
                new Watch(heardAt, vouchedAt, verdict, verdict == health ? since : now, Optional.of(next)), probe, ask);
    }

    private long pace(long now, Profile profile) {
        return switch (health) {
            case FINE -> profile.probeEvery();
            case AWAY -> profile.interval();
            case GONE -> now - since < 100 * profile.interval() ? profile.interval() : 10 * profile.interval();
        };
    }

    /** Of one whose state is known the others are only asked whether they hear it again, which it is rather heard itself. */
    private long questionPace(long now, long pace, Profile profile, Suspicion found) {
        boolean known =
                health == Health.GONE || (health == Health.AWAY && now - found.kernelAt() <= profile.deadAfter());
        return known ? 10 * profile.interval() : pace;
    }

    private Health verdict(long now, long silence, Profile profile, Suspicion found, Circumstances around) {
        boolean due = silence >= (around.expected() ? profile.suspectAfter() : profile.deadAfter());
        if (!due) {
            return health;
        }
        // Of one that is away only the kernel is heard. Who is cut off himself must find that out first.
        long fresh = health == Health.AWAY ? profile.deadAfter() : profile.deadAfter() - profile.suspectAfter();
        boolean kernel = now - found.kernelSeenAt() <= fresh;
        if (around.away() && kernel) {
            return Health.AWAY;
        }
        boolean silent = found.unanswered() >= PROBES && now - found.askedSince() >= 2 * profile.probeEvery();
        if (silent && !around.alone() && around.witnessed() && around.agreed() && silence >= profile.deadAfter()) {
            return Health.GONE;
        }
        return around.expected() && around.away() && health == Health.FINE ? Health.AWAY : health;
    }
}
