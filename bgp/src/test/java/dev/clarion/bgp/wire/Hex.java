package dev.clarion.bgp.wire;

import java.util.HexFormat;

/** Octets as people write them in tests: hexadecimal, with spaces where they help. */
final class Hex {
    private static final String MARKER = "ff".repeat(16);

    private Hex() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** A whole message around the type and body given. */
    static byte[] message(int type, String body) {
        int length = Header.LENGTH + bytes(body).length;
        return bytes(MARKER + "%04x%02x".formatted(length, type) + body);
    }

    /** The path attributes in an UPDATE with these withdrawn and announced fields. */
    static byte[] update(String withdrawn, String attributes, String announced) {
        return message(
                2,
                "%04x".formatted(bytes(withdrawn).length)
                        + withdrawn
                        + "%04x".formatted(bytes(attributes).length)
                        + attributes
                        + announced);
    }
}
