package dev.clarion.bench.lab;

/** A run could not be made; the message says why. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BenchException(String message) {
        super(message);
    }
}
