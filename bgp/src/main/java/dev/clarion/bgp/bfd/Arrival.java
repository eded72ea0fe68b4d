package dev.clarion.bgp.bfd;

import java.nio.ByteBuffer;

/**
 * A received datagram and how it came; one for all, filled anew each time. Addresses are as {@code Ip} gives them.
 */
final class Arrival {
    /** Big endian, with at least the 24 octets of a packet in it, whatever was received. */
    final ByteBuffer octets;

    /** How many octets the datagram carried, though there may be fewer here. */
    int length;

    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;

    /** By which interface it came. */
    int interfaceIndex;

    /** The TTL or hop limit that was left; -1 if the kernel did not say. */
    int hops;

    Arrival(ByteBuffer octets) {
        this.octets = octets;
    }
}
