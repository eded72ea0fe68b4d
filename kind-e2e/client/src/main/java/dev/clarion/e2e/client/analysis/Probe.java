package dev.clarion.e2e.client.analysis;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a request reaches its target. Ordered as the client sends within one slot: the cheapest first. */
public enum Probe {
    /** Datagrams from one socket, so that they are one flow to every box on the way. */
    UDP,
    /** Lines on one TCP connection that is kept as long as it lives, and opened again when it has been reset. */
    LONG,
    /** A TCP connection for each request. */
    CONNECT;

    /** The name in options, reports and CSV. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The probe with this {@link #label()}. */
    public static Optional<Probe> of(String label) {
        return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
    }
}
