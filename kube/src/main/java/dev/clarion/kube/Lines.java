package dev.clarion.kube;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines. Works on bytes and not on characters, since a chunk may end in the middle of one.
 */
final class Lines {
    private final int limit;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(4096);

    /** @param limit the longest line accepted, in bytes */
    Lines(int limit) {
        this.limit = limit;
    }

    /** @throws KubeException if a line is longer than the limit */
    void feed(ByteBuffer chunk, Consumer<byte[]> line) {
        while (chunk.hasRemaining()) {
            int length = untilNewline(chunk);
            boolean complete = length < chunk.remaining();
            append(chunk, length);
            if (complete) {
                chunk.get();
                emit(line);
            }
        }
    }

    private static int untilNewline(ByteBuffer chunk) {
        int start = chunk.position();
        int end = start;
        while (end < chunk.limit() && chunk.get(end) != '\n') {
            end++;
        }
        return end - start;
    }

    private void append(ByteBuffer chunk, int length) {
        if (pending.size() + length > limit) {
            throw new KubeException("The API server sent one watch event of more than " + limit
                    + " bytes. Is something between Clarion and the API server?");
        }
        byte[] piece = new byte[length];
        chunk.get(piece);
        pending.writeBytes(piece);
    }

    private void emit(Consumer<byte[]> line) {
        byte[] complete = pending.toByteArray();
        pending.reset();
        if (complete.length > 0) {
            line.accept(complete);
        }
    }
}
