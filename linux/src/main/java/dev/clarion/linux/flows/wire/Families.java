package dev.clarion.linux.flows.wire;

import dev.clarion.net.IpFamily;

/** Numbers of address families ({@code bits/socket.h}). */
final class Families {
    static final byte INET = 2;
    static final byte INET6 = 10;

    private Families() {}

    static byte of(IpFamily family) {
        return switch (family) {
            case IPV4 -> INET;
            case IPV6 -> INET6;
        };
    }
}
