package dev.clarion.config;

/** Looks at the bare text before a YAML parser does: its length, and characters that are no text. */
final class TextCheck {
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private TextCheck() {}

    static void check(String yaml, int mostBytes) throws UnreadableException {
        if (utf8Length(yaml) > mostBytes) {
            throw new UnreadableException(
                    ProblemReason.TOO_LARGE,
                    new Position(0, 0),
                    "longer than " + mostBytes / 1024 + " KiB, which a ConfigMap hardly holds");
        }
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < yaml.length(); ) {
            int c = yaml.codePointAt(i);
            if (!isText(c)) {
                throw new UnreadableException(
                        ProblemReason.NOT_YAML,
                        new Position(line, i - lineStart + 1),
                        String.format("character U+%04X is not text; is this binary data?", c));
            }
            i += Character.charCount(c);
            if (c == '\n') {
                line++;
                lineStart = i;
            }
        }
    }

    /** The characters that YAML 1.1 section 5.1 calls printable. */
    private static boolean isText(int c) {
        return (c >= 0x20 && c <= 0x7e)
                || c == '\n'
                || c == '\t'
                || c == '\r'
                || c == 0x85
                || (c >= 0xa0 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000
                || c == BYTE_ORDER_MARK;
    }

    private static long utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts two of the four bytes.
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
