package dev.clarion.config;

/** The one exception of this package: a published configuration that cannot be read, which no user has written. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
