package dev.clarion.linux.flows.wire;

import dev.clarion.linux.flows.wire.Answer.Field;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernel's list of connections ({@code linux/netfilter/nfnetlink_conntrack.h}). */
public final class Conntrack {
    private static final int SUBSYSTEM = 1;
    private static final int NEW = SUBSYSTEM << 8;
    private static final int GET = SUBSYSTEM << 8 | 1;
    private static final int FIXED = 4;

    private static final int TUPLE_ORIGINAL = 1;
    private static final int PROTOCOL_INFO = 4;
    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTOCOL = 2;
    private static final int IPV4_SOURCE = 1;
    private static final int IPV4_DESTINATION = 2;
    private static final int IPV6_SOURCE = 3;
    private static final int IPV6_DESTINATION = 4;
    private static final int PROTOCOL_NUMBER = 1;
    private static final int SOURCE_PORT = 2;
    private static final int DESTINATION_PORT = 3;
    private static final int INFO_TCP = 1;
    private static final int TCP_STATE = 1;

    /** TIME_WAIT and CLOSE: nothing is lost with such a connection. */
    private static final List<Integer> OVER = List.of(7, 8);

    private final Map<Ip, byte[]> addresses = new HashMap<>();

    /** Looks for connections to these addresses, whatever their family. */
    public Conntrack(Collection<Ip> addresses) {
        addresses.forEach(address -> this.addresses.put(address, address.toBytes()));
    }

    /** Asks for all connections of a family. */
    public static byte[] list(IpFamily family, int sequence) {
        return new RequestWriter()
                .message(GET, RequestWriter.F_DUMP, sequence)
                .bytes(Families.of(family), (byte) 0, (byte) 0, (byte) 0)
                .done();
    }

    /** The connection that the kernel tells of, if it goes to one of the addresses and is not over. */
    public Optional<Flow> read(Answer answer) {
        if (answer.type() != NEW || answer.to() - answer.from() < FIXED) {
            return Optional.empty();
        }
        Field tuple = answer.find(FIXED, TUPLE_ORIGINAL);
        Field ip = tuple.find(TUPLE_IP);
        boolean four = ip.find(IPV4_DESTINATION).present();
        Field destination = ip.find(four ? IPV4_DESTINATION : IPV6_DESTINATION);
        for (Map.Entry<Ip, byte[]> address : addresses.entrySet()) {
            if (destination.is(address.getValue())) {
                Optional<Ip> client = ip.find(four ? IPV4_SOURCE : IPV6_SOURCE).ip();
                Field protocol = tuple.find(TUPLE_PROTOCOL);
                return client.filter(from -> from.family() == address.getKey().family())
                        .flatMap(from -> read(answer, protocol, from, address.getKey()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Flow> read(Answer answer, Field tuple, Ip client, Ip address) {
        int protocol = tuple.find(PROTOCOL_NUMBER).u8();
        int from = tuple.find(SOURCE_PORT).port();
        int to = tuple.find(DESTINATION_PORT).port();
        boolean ports = protocol == Flow.TCP || protocol == Flow.UDP || protocol == Flow.SCTP;
        int state = protocol == Flow.TCP
                ? answer.find(FIXED, PROTOCOL_INFO)
                        .find(INFO_TCP)
                        .find(TCP_STATE)
                        .u8()
                : -1;
        return ports && from >= 0 && to >= 0 && !OVER.contains(state)
                ? Optional.of(new Flow(protocol, client, from, address, to))
                : Optional.empty();
    }
}
