package dev.clarion.announcement.heartbeat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that datagrams are signed with: the first signs, each verifies. To rotate without a flap, the new key is
 * first added behind the old one, and put in front once every node has it. A key's number in the datagram follows from
 * the key itself, so nobody has to number keys. Belongs to one thread, since the {@code Mac}s in it do.
 */
public final class KeyRing {
    /** Bytes of HMAC-SHA256 that are sent. */
    static final int SIGNATURE = 16;
    /** The least bytes a key has. */
    public static final int MIN_KEY = 16;

    private static final byte[] LABEL = "clarion heartbeat key".getBytes(StandardCharsets.US_ASCII);

    private record Key(int id, Mac mac) {}

    private final List<Key> keys;

    private KeyRing(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * A ring of these keys.
     *
     * @throws IllegalArgumentException if there is none, or one is shorter than {@link #MIN_KEY}
     * @throws GeneralSecurityException if this platform has no HMAC-SHA256, which every Java has
     */
    public static KeyRing of(List<byte[]> secrets) throws GeneralSecurityException {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a ring needs at least one key");
        }
        List<Key> keys = new ArrayList<>();
        for (byte[] secret : secrets) {
            if (secret.length < MIN_KEY) {
                throw new IllegalArgumentException(
                        "a heartbeat key has at least " + MIN_KEY + " bytes, not " + secret.length);
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] id = mac.doFinal(LABEL);
            keys.add(new Key((id[0] & 0xff) << 24 | (id[1] & 0xff) << 16 | (id[2] & 0xff) << 8 | (id[3] & 0xff), mac));
        }
        return new KeyRing(List.copyOf(keys));
    }

    /** The number of the key that signs. */
    int signer() {
        return keys.getFirst().id();
    }

    byte[] sign(byte[] bytes, int length) {
        Mac mac = keys.getFirst().mac();
        mac.update(bytes, 0, length);
        return mac.doFinal();
    }

    boolean has(int id) {
        return keys.stream().anyMatch(key -> key.id() == id);
    }

    /** Whether the bytes behind the first {@code length} are their signature by the key of this number. */
    boolean verifies(int id, byte[] bytes, int length) {
        for (Key key : keys) {
            if (key.id() == id) {
                key.mac().update(bytes, 0, length);
                byte[] expected = key.mac().doFinal();
                int difference = 0;
                for (int i = 0; i < SIGNATURE; i++) {
                    difference |= expected[i] ^ bytes[length + i];
                }
                if (difference == 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
