package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An interface of the sender and the segment behind it.
 *
 * @param name the interface's name on the sender
 * @param mac its hardware address: with this one a caretaker answers in the sender's name
 * @param usable it is up, has carrier, and speaks ARP and NDP
 * @param gateway whether a gateway of the segment answers
 * @param addresses the sender's own addresses there, at most {@link #MAX_ADDRESSES} are sent
 */
public record Segment(String name, Mac mac, boolean usable, Gateway gateway, List<SegmentAddress> addresses) {
    static final int MAX_ADDRESSES = 4;

    /** What is known of a segment's gateways. Sent by ordinal. */
    public enum Gateway {
        /** There is none, or none was asked. */
        UNKNOWN,
        /** At least one answered lately. */
        ANSWERS,
        /** There is one, and it is silent. */
        SILENT
    }

    /** Takes a copy of the list. */
    public Segment {
        addresses = List.copyOf(addresses);
    }

    /** The same, with this known of its gateways. */
    public Segment with(Gateway known) {
        return known == gateway ? this : new Segment(name, mac, usable, known, addresses);
    }

    /** The networks, each once, sorted. */
    public List<Prefix> networks() {
        return addresses.stream()
                .map(SegmentAddress::network)
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether the address is in one of the networks. */
    public boolean holds(Ip address) {
        for (SegmentAddress own : addresses) {
            if (own.holds(address)) {
                return true;
            }
        }
        return false;
    }

    /** The sender's own address in the same network as one of the other's, if they share one. */
    public Optional<Ip> addressOn(Segment other) {
        return addresses.stream()
                .filter(own -> other.holds(own.address()))
                .map(SegmentAddress::address)
                .findFirst();
    }

    static Segment read(Reader reader) throws Malformed {
        String name = reader.text();
        Mac mac = Mac.ofBytes(reader.take(6));
        int flags = reader.u8();
        Gateway gateway = reader.constant(Gateway.values());
        int count = reader.u8();
        List<SegmentAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(SegmentAddress.read(reader));
        }
        return new Segment(name, mac, (flags & 1) != 0, gateway, addresses);
    }

    Writer write() {
        List<SegmentAddress> sent = addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()));
        Writer writer = new Writer()
                .text(name)
                .bytes(mac.toBytes())
                .u8(usable ? 1 : 0)
                .constant(gateway)
                .u8(sent.size());
        sent.forEach(address -> address.write(writer));
        return writer;
    }
}
