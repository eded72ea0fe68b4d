package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;

/**
 * CLUSTER_LIST: the route reflectors that the route went through (RFC 4456 section 8). Received only.
 *
 * @param clusters at least one, written as IPv4 addresses, nearest first
 */
public record ClusterList(List<Ip> clusters) implements Attribute {
    static final int TYPE = 10;

    /** Takes a copy of the list. Throws IllegalArgumentException when it is empty. */
    public ClusterList {
        clusters = List.copyOf(clusters);
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("no clusters: leave the attribute out");
        }
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int flags() {
        return OPTIONAL;
    }

    @Override
    public void writeValue(Writer out, WireContext context) {
        clusters.forEach(out::ip);
    }

    static ClusterList read(Reader value) throws DecodeException {
        if (value.remaining() == 0 || value.remaining() % 4 != 0) {
            throw new DecodeException(BgpError.ATTRIBUTE_LENGTH_ERROR);
        }
        List<Ip> clusters = new ArrayList<>();
        while (value.hasMore()) {
            clusters.add(value.ipv4());
        }
        return new ClusterList(clusters);
    }
}
