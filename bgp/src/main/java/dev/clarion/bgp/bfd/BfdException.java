package dev.clarion.bgp.bfd;

/** The engine cannot work here at all. */
public final class BfdException extends RuntimeException {
    BfdException(String message) {
        super(message);
    }
}
