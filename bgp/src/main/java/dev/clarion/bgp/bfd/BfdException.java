package dev.clarion.bgp.bfd;

/** The engine cannot work here at all. */
public final class BfdException extends RuntimeException {
    /** @param message what is wrong, and what to do about it */
    public BfdException(String message) {
        super(message);
    }
}
