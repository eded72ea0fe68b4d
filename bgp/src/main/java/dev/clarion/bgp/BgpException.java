package dev.clarion.bgp;

/** The speaker cannot work here at all: no epoll, or the listening address cannot be bound. */
public final class BgpException extends RuntimeException {
    BgpException(String message, Throwable cause) {
        super(message, cause);
    }
}
