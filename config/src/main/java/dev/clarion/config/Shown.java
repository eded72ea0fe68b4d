package dev.clarion.config;

/** How text that a user wrote appears in messages: on one line, without control characters, not too long. */
final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    static String quoted(String text) {
        return "'" + text(text, LONGEST) + "'";
    }

    static String text(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            shown.append(isPlain(c) ? Character.toString(c) : String.format("\\u%04x", c));
            if (shown.length() >= longest && i < text.length()) {
                return shown.append("...").toString();
            }
        }
        return shown.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
