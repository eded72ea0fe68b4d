package dev.clarion.net;

/**
 * The one exception of this package for text (or parts) that is no address, prefix, range or hardware address. The
 * message is written for the person who wrote the text: what is wrong, where, and what was probably meant.
 */
public final class AddressSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String input;
    private final int position;

    AddressSyntaxException(String input, int position, String message) {
        super(message);
        this.input = input;
        this.position = position;
    }

    /** An error whose place helps the reader: {@code "leading zero at 8; did you mean 192.168.10.1?"}. */
    static AddressSyntaxException at(String input, int position, String what, String advice) {
        return whole(input, position, what + " at " + position, advice);
    }

    /** An error of the text as a whole: {@code "host bits set; did you mean ...?"}. */
    static AddressSyntaxException whole(String input, int position, String what, String advice) {
        return new AddressSyntaxException(input, position, advice.isEmpty() ? what : what + "; " + advice);
    }

    /** The whole text that was refused. */
    public String input() {
        return input;
    }

    /** Where in {@link #input()} the trouble begins, counted in chars from 0; the length of the input at its end. */
    public int position() {
        return position;
    }
}
