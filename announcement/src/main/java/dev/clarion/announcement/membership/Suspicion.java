package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.SuspectAnswer.Opinion;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was found out about a silent peer.
 *
 * @param nextProbe when to ask its kernel next
 * @param unanswered questions to its kernel since the last answer
 * @param askedSince when the first of those was asked
 * @param kernelAt when its kernel answered us last
 * @param kernelVouchedAt when somebody said last that its kernel answers; never passed on, lest two vouch in a circle
 * @param nextQuestion when to ask the other monitors next
 * @param opinions what the others said last
 */
record Suspicion(
        long nextProbe,
        int unanswered,
        long askedSince,
        long kernelAt,
        long kernelVouchedAt,
        long nextQuestion,
        SortedMap<String, Heard> opinions) {
    /** An opinion and when it came. */
    record Heard(Opinion opinion, long at) {}

    static Suspicion start(long now) {
        return new Suspicion(now, 0, now, Watch.NEVER, Watch.NEVER, now, new TreeMap<>());
    }

    Suspicion probed(long now, long again) {
        return new Suspicion(
                now + again,
                unanswered + 1,
                unanswered == 0 ? now : askedSince,
                kernelAt,
                kernelVouchedAt,
                nextQuestion,
                opinions);
    }

    Suspicion asked(long again) {
        return new Suspicion(nextProbe, unanswered, askedSince, kernelAt, kernelVouchedAt, again, opinions);
    }

    /** Whoever is alone asks in vain, whatever the other's kernel does: those questions do not count. */
    Suspicion unasked() {
        return new Suspicion(nextProbe, 0, askedSince, kernelAt, kernelVouchedAt, nextQuestion, opinions);
    }

    Suspicion answered(long now) {
        return new Suspicion(nextProbe, 0, askedSince, now, kernelVouchedAt, nextQuestion, opinions);
    }

    Suspicion vouched(long now) {
        return new Suspicion(nextProbe, unanswered, askedSince, kernelAt, now, nextQuestion, opinions);
    }

    long kernelSeenAt() {
        return Math.max(kernelAt, kernelVouchedAt);
    }

    Suspicion opinion(String from, Opinion opinion, long now) {
        TreeMap<String, Heard> next = new TreeMap<>(opinions);
        next.put(from, new Heard(opinion, now));
        return new Suspicion(
                nextProbe,
                unanswered,
                askedSince,
                kernelAt,
                kernelVouchedAt,
                nextQuestion,
                Collections.unmodifiableSortedMap(next));
    }

    Suspicion later(long gap) {
        return new Suspicion(
                nextProbe,
                unanswered,
                askedSince + gap,
                shift(kernelAt, gap),
                shift(kernelVouchedAt, gap),
                nextQuestion,
                opinions);
    }

    boolean said(Opinion opinion, long since) {
        return opinions.values().stream().anyMatch(heard -> heard.opinion() == opinion && heard.at() >= since);
    }

    static long shift(long at, long gap) {
        return at == Watch.NEVER ? at : at + gap;
    }
}
