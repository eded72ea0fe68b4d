package dev.clarion.linux.wire;

import dev.clarion.linux.wire.Attributes.Attribute;
import dev.clarion.linux.wire.NetlinkMessage.AddressMessage;
import dev.clarion.linux.wire.NetlinkMessage.DefaultRoute;
import dev.clarion.linux.wire.NetlinkMessage.Done;
import dev.clarion.linux.wire.NetlinkMessage.Failure;
import dev.clarion.linux.wire.NetlinkMessage.LinkMessage;
import dev.clarion.linux.wire.NetlinkMessage.Other;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes datagrams of a NETLINK_ROUTE socket apart. Never throws, whatever the bytes are. */
public final class NetlinkParser {

    private static final int HEADER = 16;
    private static final int LINK_HEADER = 16;
    private static final int ADDRESS_HEADER = 8;

    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_DELADDR = 21;
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_DELROUTE = 25;
    private static final int NLM_F_DUMP_INTR = 0x10;

    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_SLAVE_KIND = 4;
    private static final int IFLA_EVENT = 44;
    private static final int IFLA_EVENT_BONDING_FAILOVER = 3;
    private static final int IFLA_EVENT_NOTIFY_PEERS = 4;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;

    /**
     * What was in a datagram.
     *
     * @param messages the messages that could be read
     * @param malformed how many could not; what follows a header with a wrong length counts as one
     */
    public record Parsed(List<NetlinkMessage> messages, int malformed) {}

    private record Header(int type, int flags, int sequence) {

        boolean interrupted() {
            return (flags & NLM_F_DUMP_INTR) != 0;
        }
    }

    private final ByteBuffer bytes;
    private final List<NetlinkMessage> messages = new ArrayList<>();
    private int malformed;

    private NetlinkParser(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads all messages of one datagram.
     *
     * @param datagram the bytes
     * @param length how many of them belong to the datagram
     */
    public static Parsed parse(byte[] datagram, int length) {
        NetlinkParser parser =
                new NetlinkParser(ByteBuffer.wrap(datagram, 0, length).slice().order(ByteOrder.nativeOrder()));
        parser.run();
        return new Parsed(List.copyOf(parser.messages), parser.malformed);
    }

    private void run() {
        int at = 0;
        while (bytes.limit() - at >= HEADER) {
            int length = bytes.getInt(at);
            if (length < HEADER || length > bytes.limit() - at) {
                malformed++;
                return;
            }
            Header header =
                    new Header(bytes.getShort(at + 4) & 0xffff, bytes.getShort(at + 6) & 0xffff, bytes.getInt(at + 8));
            Optional<NetlinkMessage> message = message(header, at + HEADER, at + length);
            message.ifPresentOrElse(messages::add, () -> malformed++);
            at += Attributes.aligned(length);
        }
        if (at < bytes.limit()) {
            malformed++;
        }
    }

    private Optional<NetlinkMessage> message(Header header, int from, int to) {
        int type = header.type();
        if (type == RTM_NEWLINK || type == RTM_DELLINK) {
            return link(header, from, to);
        }
        if (type == RTM_NEWADDR || type == RTM_DELADDR) {
            return address(header, from, to);
        }
        if (type == RTM_NEWROUTE || type == RTM_DELROUTE) {
            return route(header, from, to);
        }
        if (type == NLMSG_DONE) {
            return Optional.of(new Done(header.sequence(), header.interrupted()));
        }
        if (type == NLMSG_ERROR) {
            return to - from < Integer.BYTES
                    ? Optional.empty()
                    : Optional.of(new Failure(header.sequence(), -bytes.getInt(from)));
        }
        return Optional.of(new Other(header.sequence(), type));
    }

    private Optional<NetlinkMessage> link(Header header, int from, int to) {
        if (to - from < LINK_HEADER) {
            return Optional.empty();
        }
        return Attributes.read(bytes, from + LINK_HEADER, to).map(attributes -> link(header, from, attributes));
    }

    private NetlinkMessage link(Header header, int from, Attributes attributes) {
        Optional<Attribute> info = attributes.find(IFLA_LINKINFO);
        int event = attributes.find(IFLA_EVENT).flatMap(Attribute::number).orElse(0);
        return new LinkMessage(
                header.sequence(),
                header.type() == RTM_DELLINK,
                header.interrupted(),
                bytes.getInt(from + 4),
                bytes.getInt(from + 8),
                attributes.find(IFLA_IFNAME).map(Attribute::text).orElse(""),
                attributes.find(IFLA_ADDRESS).flatMap(Attribute::mac),
                attributes
                        .find(IFLA_MASTER)
                        .flatMap(Attribute::number)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                kind(info, IFLA_INFO_KIND),
                kind(info, IFLA_INFO_SLAVE_KIND),
                event == IFLA_EVENT_BONDING_FAILOVER || event == IFLA_EVENT_NOTIFY_PEERS);
    }

    private static String kind(Optional<Attribute> info, int type) {
        return info.flatMap(nested -> nested.nested().find(type))
                .map(Attribute::text)
                .orElse("");
    }

    private Optional<NetlinkMessage> address(Header header, int from, int to) {
        if (to - from < ADDRESS_HEADER) {
            return Optional.empty();
        }
        int prefixLength = bytes.get(from + 1) & 0xff;
        int index = bytes.getInt(from + 4);
        // On a point-to-point link IFA_ADDRESS is the peer's; IFA_LOCAL is ours wherever there is one.
        return Attributes.read(bytes, from + ADDRESS_HEADER, to)
                .flatMap(attributes -> attributes
                        .find(IFA_LOCAL)
                        .or(() -> attributes.find(IFA_ADDRESS))
                        .flatMap(Attribute::ip))
                .filter(address -> prefixLength <= address.family().bits())
                .<NetlinkMessage>map(address -> new AddressMessage(
                        header.sequence(),
                        header.type() == RTM_DELADDR,
                        header.interrupted(),
                        index,
                        address,
                        prefixLength));
    }

    private Optional<NetlinkMessage> route(Header header, int from, int to) {
        if (to - from < RouteReader.HEADER) {
            return Optional.empty();
        }
        return Optional.of(RouteReader.read(bytes, from, to)
                .<NetlinkMessage>map(hops ->
                        new DefaultRoute(header.sequence(), header.type() == RTM_DELROUTE, header.interrupted(), hops))
                .orElseGet(() -> new Other(header.sequence(), header.type())));
    }
}
