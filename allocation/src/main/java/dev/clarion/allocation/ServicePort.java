package dev.clarion.allocation;

import java.util.Comparator;

/**
 * A port on which a Service is to be reached at its address.
 *
 * @param protocol TCP, UDP or SCTP
 * @param number 1 to 65535
 */
public record ServicePort(String protocol, int number) implements Comparable<ServicePort> {
    private static final int HIGHEST = 65_535;
    private static final Comparator<ServicePort> ORDER =
            Comparator.comparing(ServicePort::protocol).thenComparingInt(ServicePort::number);

    public ServicePort {
        if (protocol.isEmpty() || number < 1 || number > HIGHEST) {
            throw new IllegalArgumentException("a port is written PROTOCOL/NUMBER with a number from 1 to " + HIGHEST
                    + ", not \"" + protocol + "/" + number + "\"");
        }
    }

    /**
     * Reads {@code TCP/80}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static ServicePort parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a port is written PROTOCOL/NUMBER, not \"" + text + "\"");
        }
        return new ServicePort(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public int compareTo(ServicePort other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return protocol + "/" + number;
    }
}
