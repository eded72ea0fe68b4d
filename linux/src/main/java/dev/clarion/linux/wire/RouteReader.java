package dev.clarion.linux.wire;

import dev.clarion.linux.wire.Attributes.Attribute;
import dev.clarion.linux.wire.NetlinkMessage.NextHop;
import dev.clarion.net.Ip;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the next hops of default routes in {@code struct rtmsg} and its attributes. */
final class RouteReader {

    static final int HEADER = 12;

    private static final int DESTINATION_LENGTH_AT = 1;
    private static final int TYPE_AT = 7;
    private static final int UNICAST = 1;
    private static final int HOP_HEADER = 8;
    private static final int HOP_INDEX_AT = 4;

    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_MULTIPATH = 9;
    private static final int RTA_VIA = 18;

    private RouteReader() {}

    /** The next hops with an address, if it is a default route for unicast; the header is there. */
    static Optional<List<NextHop>> read(ByteBuffer bytes, int from, int to) {
        boolean wanted = bytes.get(from + DESTINATION_LENGTH_AT) == 0 && bytes.get(from + TYPE_AT) == UNICAST;
        return wanted
                ? Attributes.read(bytes, from + HEADER, to).map(attributes -> hops(bytes, attributes))
                : Optional.empty();
    }

    private static List<NextHop> hops(ByteBuffer bytes, Attributes attributes) {
        List<NextHop> hops = new ArrayList<>();
        Optional<Integer> index = attributes.find(RTA_OIF).flatMap(Attribute::number);
        index.flatMap(out -> gateway(attributes).map(router -> new NextHop(out, router)))
                .ifPresent(hops::add);
        attributes.find(RTA_MULTIPATH).ifPresent(several -> {
            int at = several.at();
            while (several.end() - at >= HOP_HEADER) {
                int length = bytes.getShort(at) & 0xffff;
                if (length < HOP_HEADER || length > several.end() - at) {
                    return;
                }
                int out = bytes.getInt(at + HOP_INDEX_AT);
                Attributes.read(bytes, at + HOP_HEADER, at + length)
                        .flatMap(RouteReader::gateway)
                        .ifPresent(router -> hops.add(new NextHop(out, router)));
                at += Attributes.aligned(length);
            }
        });
        return hops;
    }

    private static Optional<Ip> gateway(Attributes attributes) {
        return attributes
                .find(RTA_GATEWAY)
                .flatMap(Attribute::ip)
                .or(() -> attributes.find(RTA_VIA).flatMap(Attribute::via));
    }
}
