package dev.clarion.linux;

import java.io.IOException;

/** The kernel refused something. The message says what, the error by name, and what to do about it where that is known. */
public final class LinuxException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * A refusal.
     *
     * @param what what could not be done
     * @param errno the number of errno(3), or 0
     * @param advice what to do about it, or empty
     */
    public LinuxException(String what, int errno, String advice) {
        super(what + ": " + Errno.describe(errno) + (advice.isEmpty() ? "" : "; " + advice));
        this.errno = errno;
    }

    LinuxException(String what, IOException cause) {
        super(what + ": " + cause.getMessage(), cause);
        this.errno = 0;
    }

    /** The number of errno(3); 0 if there was none. */
    public int errno() {
        return errno;
    }
}
