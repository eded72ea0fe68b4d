package dev.clarion.bench.bgp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** One direction of a BGP connection: segments put in order, messages cut out of them. */
final class Stream {
    private static final int MARKER = 16;
    private static final int HEADER = 19;

    private final Consumer<Heard> listener;
    private byte[] rest = new byte[0];
    private int next;
    private boolean synchronous;
    private int gaps;

    Stream(Consumer<Heard> listener) {
        this.listener = listener;
    }

    /** How often bytes were missed, so that messages were. */
    int gaps() {
        return gaps;
    }

    void packet(Packet packet) {
        if (packet.has(Packet.SYN)) {
            rest = new byte[0];
            next = packet.sequence() + 1;
            synchronous = true;
        } else if (packet.data().length > 0) {
            data(packet);
        }
        if (packet.has(Packet.RST) || packet.has(Packet.FIN)) {
            synchronous = false;
            listener.accept(Heard.of(packet.at(), packet.from(), packet.to(), Heard.Kind.GONE));
        }
    }

    private void data(Packet packet) {
        byte[] data = packet.data();
        int known = synchronous ? next - packet.sequence() : 0;
        if (known < 0) {
            gaps++;
            synchronous = false;
            known = 0;
        }
        if (!synchronous) {
            // In the middle of a connection: a message can be told only where a segment begins with one.
            rest = new byte[0];
            synchronous = marker(data);
        }
        if (synchronous && known < data.length) {
            next = packet.sequence() + data.length;
            int had = rest.length;
            rest = Arrays.copyOf(rest, had + data.length - known);
            System.arraycopy(data, known, rest, had, data.length - known);
            messages(packet);
        }
    }

    private void messages(Packet packet) {
        int from = 0;
        while (rest.length - from >= HEADER) {
            int length = ByteBuffer.wrap(rest, from + MARKER, 2).getShort() & 0xffff;
            if (rest.length - from < length) {
                break;
            }
            byte[] message = Arrays.copyOfRange(rest, from, from + Math.max(length, HEADER));
            listener.accept(Heard.message(packet.at(), packet.from(), packet.to(), message));
            from += message.length;
        }
        rest = Arrays.copyOfRange(rest, from, rest.length);
    }

    private static boolean marker(byte[] data) {
        if (data.length < HEADER) {
            return false;
        }
        for (int i = 0; i < MARKER; i++) {
            if (data[i] != (byte) 0xff) {
                return false;
            }
        }
        return true;
    }
}
