package dev.clarion.bgp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The key that signs TCP segments (RFC 2385). Never shown: its text form says only that there is one. */
public final class Password {
    /** TCP_MD5SIG_MAXKEYLEN (include/uapi/linux/tcp.h). */
    static final int LONGEST = 80;

    private final byte[] octets;

    private Password(byte[] octets) {
        this.octets = octets;
    }

    /** The password with these characters. Throws IllegalArgumentException unless they are 1 to 80 octets of UTF-8. */
    public static Password of(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length < 1 || octets.length > LONGEST) {
            throw new IllegalArgumentException("a password of " + octets.length + " octets is not from 1 to 80 long");
        }
        return new Password(octets);
    }

    byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Password that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
