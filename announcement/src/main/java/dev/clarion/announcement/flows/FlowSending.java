package dev.clarion.announcement.flows;

import dev.clarion.announcement.flows.FlowMessage.Heard;
import dev.clarion.announcement.flows.FlowMessage.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The parts of one round on their way: some at once, each again until it was heard, then one now and then until the other
 * says what became of them all. Belongs to one thread; times are monotonic nanoseconds.
 */
public final class FlowSending {
    /** How many parts are on their way at most: less than a socket has room for. */
    static final int WINDOW = 48;

    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(60);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long NOT_SENT = Long.MIN_VALUE;

    private final List<byte[]> parts;
    private final BitSet heard = new BitSet();
    private final long[] sentAt;
    private long progressAt;

    /** @param parts of one round, at least one */
    public FlowSending(List<Part> parts, long now) {
        this.parts = parts.stream().map(Part::encode).toList();
        this.sentAt = new long[parts.size()];
        Arrays.fill(sentAt, NOT_SENT);
        this.progressAt = now;
    }

    /** What to send now. */
    public List<byte[]> due(long now) {
        List<byte[]> due = new ArrayList<>();
        if (heard.cardinality() == parts.size()) {
            send(0, now, due);
            return due;
        }
        int onTheirWay = 0;
        for (int i = heard.nextClearBit(0); i < parts.size() && onTheirWay < WINDOW; i = heard.nextClearBit(i + 1)) {
            onTheirWay++;
            send(i, now, due);
        }
        return due;
    }

    private void send(int number, long now, List<byte[]> due) {
        if (sentAt[number] == NOT_SENT || now - sentAt[number] >= AGAIN) {
            sentAt[number] = now;
            due.add(parts.get(number));
        }
    }

    /** The other has some of them. */
    public void heard(Heard told, long now) {
        for (int number : told.numbers()) {
            if (number < parts.size() && !heard.get(number)) {
                heard.set(number);
                progressAt = now;
            }
        }
    }

    /** Whether the other has been silent for too long. */
    public boolean hopeless(long now) {
        return now - progressAt >= PATIENCE;
    }
}
