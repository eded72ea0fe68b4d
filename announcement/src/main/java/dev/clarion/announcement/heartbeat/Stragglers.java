package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;

/**
 * "These hosts still send me what is yours now": from an old owner to the new one, who tells each of them.
 *
 * @param hosts at most {@link #MAX}
 */
public record Stragglers(List<Straggler> hosts) implements Message {
    /** How many fit into one datagram, whatever the family. */
    public static final int MAX = 28;

    /**
     * One of them.
     *
     * @param address the address that it sends to
     * @param host its own
     */
    public record Straggler(Ip address, Ip host) {}

    /** Takes a copy of the list. */
    public Stragglers {
        hosts = List.copyOf(hosts);
    }

    @Override
    public Kind kind() {
        return Kind.STRAGGLERS;
    }

    static Stragglers read(Reader reader) throws Malformed {
        List<Ip> pairs = Records.addresses(reader);
        if (pairs.size() % 2 != 0) {
            throw new Malformed();
        }
        List<Straggler> hosts = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            hosts.add(new Straggler(pairs.get(i), pairs.get(i + 1)));
        }
        return new Stragglers(hosts);
    }

    @Override
    public byte[] encode() {
        List<Ip> pairs = new ArrayList<>();
        hosts.forEach(straggler -> {
            pairs.add(straggler.address());
            pairs.add(straggler.host());
        });
        return Records.addresses(new Writer(), pairs).toArray();
    }
}
