package dev.clarion.kube;

/**
 * The API server, or the way to it, did not do what was asked. The message says what was tried, what came back, and
 * what the user can do about it.
 */
public final class KubeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KubeException(String message) {
        super(message);
    }

    public KubeException(String message, Throwable cause) {
        super(message, cause);
    }
}
