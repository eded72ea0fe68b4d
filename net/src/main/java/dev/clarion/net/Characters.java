package dev.clarion.net;

/** How a character of wrong input is shown in a message: as itself if it is printable ASCII, else by its number. */
final class Characters {
    private Characters() {}

    static String show(String input, int position) {
        if (position >= input.length()) {
            return "end";
        }
        char c = input.charAt(position);
        return c > ' ' && c < 127 ? "'" + c + "'" : String.format("character U+%04X", (int) c);
    }
}
