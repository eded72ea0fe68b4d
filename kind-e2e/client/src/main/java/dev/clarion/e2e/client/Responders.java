package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Responder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Numbers for those who answered, found by their bytes, so that an answer from someone known makes no garbage. */
final class Responders {
    /** More than any cluster that the lab can hold; a flood of made-up names ends up as strays. */
    static final int LIMIT = 4096;

    private final List<byte[]> keys = new ArrayList<>();
    private final List<Responder> values = new ArrayList<>();

    /** The number of the responder written as {@code node pod} in these bytes, or -1 if they are not two plain names. */
    int index(ByteBuffer bytes, int from, int to) {
        for (int i = 0; i < keys.size(); i++) {
            if (same(keys.get(i), bytes, from, to)) {
                return i;
            }
        }
        return add(bytes, from, to);
    }

    Responder get(int index) {
        return values.get(index);
    }

    private static boolean same(byte[] key, ByteBuffer bytes, int from, int to) {
        if (key.length != to - from) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (key[i] != bytes.get(from + i)) {
                return false;
            }
        }
        return true;
    }

    private int add(ByteBuffer bytes, int from, int to) {
        byte[] key = new byte[to - from];
        bytes.get(from, key);
        String text = new String(key, StandardCharsets.US_ASCII);
        int space = text.indexOf(' ');
        if (keys.size() == LIMIT
                || space < 0
                || !isName(text.substring(0, space))
                || !isName(text.substring(space + 1))) {
            return -1;
        }
        keys.add(key);
        values.add(new Responder(text.substring(0, space), text.substring(space + 1)));
        return keys.size() - 1;
    }

    /** A Kubernetes name: nothing that would need quoting in CSV. */
    private static boolean isName(String text) {
        return text.matches("[A-Za-z0-9._-]{1,253}");
    }
}
