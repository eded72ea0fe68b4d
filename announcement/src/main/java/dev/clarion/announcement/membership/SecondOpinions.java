package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.SuspectAnswer;
import dev.clarion.announcement.heartbeat.SuspectAnswer.Opinion;
import dev.clarion.announcement.heartbeat.SuspectQuestion;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What nodes ask and tell each other of a suspect. */
final class SecondOpinions {
    private SecondOpinions() {}

    /** What is known of a suspect after somebody told what he knows. */
    static Watch after(Watch watch, String from, SuspectAnswer answer, long now) {
        Watch noted = watch.suspicion()
                .map(s -> watch.with(s.opinion(from, answer.opinion(), now)))
                .orElse(watch);
        return switch (answer.opinion()) {
            case HEARD -> noted.vouched(now - TimeUnit.MILLISECONDS.toNanos(answer.silenceMillis()), now);
            case KERNEL_ANSWERS -> noted.kernelVouched(now);
            case SILENT, UNKNOWN -> noted;
        };
    }

    /** What this node tells. Only what it heard itself: two must not vouch for each other's vouching. */
    static SuspectAnswer answer(SuspectQuestion question, @Nullable Watch watch, Profile profile, long now) {
        long silence = watch == null ? Long.MAX_VALUE / 2 : now - watch.heardAt();
        return new SuspectAnswer(
                question.suspect(),
                question.segment(),
                opinion(watch, silence, profile, now),
                TimeUnit.NANOSECONDS.toMillis(silence));
    }

    private static Opinion opinion(@Nullable Watch watch, long silence, Profile profile, long now) {
        if (watch == null) {
            return Opinion.UNKNOWN;
        }
        if (silence < profile.suspectAfter()) {
            return Opinion.HEARD;
        }
        boolean kernel = watch.suspicion()
                .filter(s -> now - s.kernelAt() <= profile.freshness())
                .isPresent();
        if (kernel) {
            return Opinion.KERNEL_ANSWERS;
        }
        boolean asked = watch.suspicion().filter(s -> s.unanswered() > 0).isPresent();
        return asked ? Opinion.SILENT : Opinion.UNKNOWN;
    }
}
