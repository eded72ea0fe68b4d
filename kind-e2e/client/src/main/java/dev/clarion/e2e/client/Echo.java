package dev.clarion.e2e.client;

import java.nio.ByteBuffer;

/** The echo protocol: a request is its number in decimal, an answer is the number, the node and the Pod, apart by one space. */
final class Echo {
    /** Any request may be answered here. */
    static final int ANY = -1;

    private Echo() {}

    /** Appends the number in decimal. */
    static void putNumber(ByteBuffer buffer, int number) {
        int divisor = 1;
        while (number / divisor >= 10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            buffer.put((byte) ('0' + number / divisor % 10));
        }
    }

    /** Enters the answer in these bytes (without line end) into the ledger; what is no answer to the request expected counts as a stray. */
    static void settle(
            ByteBuffer bytes, int from, int to, int expected, long nowNanos, Ledger ledger, Responders responders) {
        long number = 0;
        int at = from;
        while (at < to && at - from < 10 && bytes.get(at) >= '0' && bytes.get(at) <= '9') {
            number = number * 10 + bytes.get(at) - '0';
            at++;
        }
        boolean isNumber = at > from && (expected == ANY || number == expected) && at < to && bytes.get(at) == ' ';
        int responder = isNumber ? responders.index(bytes, at + 1, to) : -1;
        if (responder < 0 || number > Integer.MAX_VALUE) {
            ledger.stray();
        } else {
            ledger.answered((int) number, nowNanos, responder);
        }
    }
}
