package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Sample;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one probe to one target. All memory is taken at the start ({@value #BYTES_PER_REQUEST} bytes a request), so that keeping the books never
 * makes the sender late. For one thread.
 */
final class Ledger {
    static final int BYTES_PER_REQUEST = 26;

    /** In place of a time. The monotonic clock counts from the start of the machine, so it is never 0. */
    private static final long NEVER = 0;

    private final Schedule schedule;
    private final Responders responders;
    private final long[] sent;
    private final long[] answered;
    private final @Nullable Outcome[] failed;
    private final short[] responder;
    private final int[] duplicates;
    private int used;
    private int waiting;
    private int strays;

    Ledger(Schedule schedule, Responders responders) {
        this.schedule = schedule;
        this.responders = responders;
        sent = new long[schedule.count()];
        answered = new long[schedule.count()];
        failed = new @Nullable Outcome[schedule.count()];
        responder = new short[schedule.count()];
        duplicates = new int[schedule.count()];
    }

    /** The request is about to be handed to the kernel. Requests are sent or skipped in the order of their numbers. */
    void sent(int seq, long nowNanos) {
        sent[seq] = nowNanos;
        waiting++;
        used = seq + 1;
    }

    /** The request is too late to be sent. */
    void skipped(int seq, long nowNanos) {
        sent[seq] = nowNanos;
        failed[seq] = Outcome.SKIPPED;
        used = seq + 1;
    }

    /**
     * An answer was read. One that was given up already counts as answered after all; a second one is a duplicate; one that names
     * no request that was sent is a stray.
     */
    void answered(int seq, long nowNanos, int responderIndex) {
        if (seq < 0 || seq >= used || failed[seq] == Outcome.SKIPPED) {
            strays++;
        } else if (answered[seq] != NEVER) {
            duplicates[seq]++;
        } else {
            waiting -= isWaiting(seq) ? 1 : 0;
            answered[seq] = nowNanos;
            responder[seq] = (short) responderIndex;
        }
    }

    /** The request failed, unless it was answered or given up before. */
    void failed(int seq, Outcome outcome) {
        if (isWaiting(seq)) {
            failed[seq] = outcome;
            waiting--;
        }
    }

    /** All requests from this one on that wait for an answer failed alike. */
    void failedFrom(int seq, Outcome outcome) {
        for (int i = seq; i < used; i++) {
            failed(i, outcome);
        }
    }

    /** The newest request up to this one that waits for an answer, or -1. */
    int newestWaiting(int upTo) {
        for (int i = Math.min(upTo, used - 1); waiting > 0 && i >= 0; i--) {
            if (isWaiting(i)) {
                return i;
            }
        }
        return -1;
    }

    boolean isWaiting(int seq) {
        return answered[seq] == NEVER && failed[seq] == null;
    }

    long sentNanos(int seq) {
        return sent[seq];
    }

    /** How many wait for an answer. */
    int waiting() {
        return waiting;
    }

    /** Something was read that is no answer to any request. */
    void stray() {
        strays++;
    }

    int strays() {
        return strays;
    }

    /** The requests up to the last slot reached; one that still waits is lost. A view: the ledger must not change any more. */
    List<Sample> samples() {
        return new Samples();
    }

    private Sample sample(int seq) {
        boolean isAnswered = answered[seq] != NEVER;
        return new Sample(
                seq,
                schedule.dueNanos(seq),
                sent[seq],
                answered[seq],
                isAnswered ? Optional.of(responders.get(responder[seq])) : Optional.empty(),
                isAnswered ? Sample.answeredAfter(answered[seq] - sent[seq]) : failure(failed[seq]),
                duplicates[seq]);
    }

    private static Outcome failure(@Nullable Outcome known) {
        return known == null ? Outcome.LOST : known;
    }

    private final class Samples extends AbstractList<Sample> implements RandomAccess {
        @Override
        public Sample get(int index) {
            return sample(Objects.checkIndex(index, used));
        }

        @Override
        public int size() {
            return used;
        }
    }
}
