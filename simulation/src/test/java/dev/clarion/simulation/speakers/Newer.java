package dev.clarion.simulation.speakers;

import dev.clarion.announcement.heartbeat.Datagrams;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a newer version might send, made from datagrams of this one by the form that {@link Datagrams} documents: a field
 * more at the end of each message, something behind the body, and messages of a kind that this version does not know.
 */
final class Newer {
    private static final int SIGNATURE = 16;
    private static final int VERSION_AT = 2;
    private static final int KIND_AT = 4;
    private static final int SENDER_AT = 9;
    private static final int MORE = 4;

    private final Mac mac;

    Newer() {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SpeakerWorld.SECRET, "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] more(byte[] datagram) {
        int signed = datagram.length - SIGNATURE;
        if (signed + 2 * MORE > Datagrams.MAX_LENGTH - SIGNATURE) {
            return datagram;
        }
        byte[] longer = Arrays.copyOf(datagram, signed + 2 * MORE);
        Arrays.fill(longer, signed, longer.length, (byte) 0x5a);
        int lengthAt = SENDER_AT + 1 + (datagram[SENDER_AT] & 0xff) + 16 + 16 + 8;
        int length = (longer[lengthAt] & 0xff) << 8 | (longer[lengthAt + 1] & 0xff);
        longer[lengthAt] = (byte) ((length + MORE) >>> 8);
        longer[lengthAt + 1] = (byte) (length + MORE);
        longer[VERSION_AT] = (byte) (Datagrams.VERSION + 1);
        return sealed(longer);
    }

    byte[] unknownKind(byte[] datagram) {
        byte[] other = Arrays.copyOf(datagram, datagram.length - SIGNATURE);
        other[VERSION_AT] = (byte) (Datagrams.VERSION + 1);
        other[KIND_AT] = (byte) 200;
        return sealed(other);
    }

    private byte[] sealed(byte[] bytes) {
        byte[] sealed = Arrays.copyOf(bytes, bytes.length + SIGNATURE);
        System.arraycopy(mac.doFinal(bytes), 0, sealed, bytes.length, SIGNATURE);
        return sealed;
    }
}
