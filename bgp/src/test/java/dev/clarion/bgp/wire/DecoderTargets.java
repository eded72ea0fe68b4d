package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What must hold of a decoder whatever its input is. The first octet says what was agreed on, the rest is the body of a
 * message, or a whole message, or a capability.
 */
final class DecoderTargets {
    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "open", input -> body(MessageType.OPEN, input),
            "update", input -> body(MessageType.UPDATE, input),
            "notification", input -> body(MessageType.NOTIFICATION, input),
            "routeRefresh", input -> body(MessageType.ROUTE_REFRESH, input),
            "message", DecoderTargets::message,
            "capability", DecoderTargets::capability);

    private DecoderTargets() {}

    static Set<String> names() {
        return TARGETS.keySet();
    }

    static Consumer<byte[]> of(String name) {
        Consumer<byte[]> target = TARGETS.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no decoder is called " + name);
        }
        return target;
    }

    private static void body(MessageType type, byte[] input) {
        if (input.length > 0) {
            byte[] octets = new byte[Header.LENGTH - 1 + input.length];
            System.arraycopy(input, 1, octets, Header.LENGTH, input.length - 1);
            holds(frame(octets, type.code()), context(input));
        }
    }

    private static void message(byte[] input) {
        if (input.length > 0) {
            holds(Arrays.copyOfRange(input, 1, input.length), context(input));
        }
    }

    private static void capability(byte[] input) {
        try {
            Capability capability = Capability.read(Reader.of(input, 0, BgpError.MALFORMED_OPEN));
            Reader again = Reader.of(capability.encoded().toArray(), 0, BgpError.MALFORMED_OPEN);
            assertThat(Capability.read(again)).isEqualTo(capability);
            assertThat(again.hasMore()).isFalse();
        } catch (DecodeException refused) {
            assertThat(refused.error()).isEqualTo(BgpError.MALFORMED_OPEN);
        }
    }

    private static WireContext context(byte[] input) {
        return RandomMessages.CONTEXTS.get((input[0] & 0xff) % RandomMessages.CONTEXTS.size());
    }

    /** Decoding gives a value, and what it takes for good can be written and is read again as the same. */
    static void holds(byte[] octets, WireContext context) {
        switch (Messages.decode(octets, context)) {
            case Decoded.Refused(Notification error) ->
                assertThat(error.encode(context)).hasSizeLessThanOrEqualTo(context.longest(MessageType.NOTIFICATION));
            case Decoded.Accepted(Message message, List<AttributeFault> faults) -> {
                if (message instanceof Notification notification) {
                    assertThat(notification.describe()).doesNotContainPattern("\\p{Cntrl}");
                }
                if (faults.isEmpty()) {
                    assertThat(Messages.decode(message.encode(context), context))
                            .isEqualTo(new Decoded.Accepted(message, List.of()));
                }
            }
        }
    }

    /** Puts the marker, the true length and a type in front. */
    static byte[] frame(byte[] octets, int type) {
        Arrays.fill(octets, 0, 16, (byte) 0xff);
        octets[16] = (byte) (octets.length >>> 8);
        octets[17] = (byte) octets.length;
        octets[18] = (byte) type;
        return octets;
    }
}
