package dev.clarion.speaker;

import dev.clarion.bgp.BgpOptions;
import dev.clarion.net.Ip;
import java.util.Optional;

/** Reads {@code --bgp-listen}. */
final class Listen {
    private Listen() {}

    /** @throws IllegalArgumentException if the text is not an address and a port; the message says what is expected */
    static Optional<BgpOptions.Listen> on(Optional<String> text) {
        return text.map(Listen::parse);
    }

    private static BgpOptions.Listen parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw unusable(text);
        }
        String address = text.substring(0, colon);
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        if (!bracketed && address.indexOf(':') >= 0) {
            throw unusable(text);
        }
        try {
            return new BgpOptions.Listen(
                    Ip.parse(bracketed ? address.substring(1, address.length() - 1) : address),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException noPort) {
            throw unusable(text);
        }
    }

    private static IllegalArgumentException unusable(String text) {
        return new IllegalArgumentException(
                "--bgp-listen takes IP:PORT, for instance 192.0.2.1:179 or [2001:db8::1]:179, not " + text);
    }
}
