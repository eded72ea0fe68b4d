package dev.clarion.announcement.heartbeat;

import java.util.Arrays;

/** Some bytes that nobody on the way looks at. */
public final class Content {
    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of these. */
    public static Content of(byte[] bytes) {
        return new Content(bytes.clone());
    }

    /** A copy of them. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** How many. */
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
