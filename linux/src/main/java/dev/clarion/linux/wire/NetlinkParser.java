package dev.clarion.linux.wire;

import dev.clarion.linux.wire.NetlinkMessage.AddressMessage;
import dev.clarion.linux.wire.NetlinkMessage.Done;
import dev.clarion.linux.wire.NetlinkMessage.Failure;
import dev.clarion.linux.wire.NetlinkMessage.LinkMessage;
import dev.clarion.linux.wire.NetlinkMessage.Other;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes datagrams of a NETLINK_ROUTE socket apart. Never throws, whatever the bytes are. */
public final class NetlinkParser {

    private static final int HEADER = 16;
    private static final int LINK_HEADER = 16;
    private static final int ADDRESS_HEADER = 8;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int ATTRIBUTE_TYPE = 0x3fff;

    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_DELADDR = 21;
    private static final int NLM_F_DUMP_INTR = 0x10;

    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MASTER = 10;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;

    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    private static final int MAC_LENGTH = 6;

    /**
     * What was in a datagram.
     *
     * @param messages the messages that could be read
     * @param malformed how many could not; what follows a header with a wrong length counts as one
     */
    public record Parsed(List<NetlinkMessage> messages, int malformed) {}

    /** One attribute: its value is from {@code at} on, {@code length} bytes. */
    private record Attribute(int type, int at, int length) {}

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
            at += aligned(length);
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
        String name = "";
        Optional<Mac> mac = Optional.empty();
        OptionalInt master = OptionalInt.empty();
        Optional<List<Attribute>> attributes = attributes(from + LINK_HEADER, to);
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        for (Attribute attribute : attributes.get()) {
            if (attribute.type() == IFLA_IFNAME) {
                name = text(attribute);
            } else if (attribute.type() == IFLA_ADDRESS && attribute.length() == MAC_LENGTH) {
                mac = Optional.of(Mac.ofBytes(value(attribute)));
            } else if (attribute.type() == IFLA_MASTER && attribute.length() == Integer.BYTES) {
                master = OptionalInt.of(bytes.getInt(attribute.at()));
            }
        }
        return Optional.of(new LinkMessage(
                header.sequence(),
                header.type() == RTM_DELLINK,
                header.interrupted(),
                bytes.getInt(from + 4),
                bytes.getInt(from + 8),
                name,
                mac,
                master));
    }

    private Optional<NetlinkMessage> address(Header header, int from, int to) {
        if (to - from < ADDRESS_HEADER) {
            return Optional.empty();
        }
        Optional<Ip> own = Optional.empty();
        Optional<Ip> other = Optional.empty();
        Optional<List<Attribute>> attributes = attributes(from + ADDRESS_HEADER, to);
        for (Attribute attribute : attributes.orElse(List.of())) {
            // On a point-to-point link IFA_ADDRESS is the peer's; IFA_LOCAL is ours wherever there is one.
            if (attribute.type() == IFA_LOCAL) {
                own = ip(attribute);
            } else if (attribute.type() == IFA_ADDRESS) {
                other = ip(attribute);
            }
        }
        int prefixLength = bytes.get(from + 1) & 0xff;
        int index = bytes.getInt(from + 4);
        return (own.isPresent() ? own : other)
                .filter(address -> prefixLength <= address.family().bits())
                .<NetlinkMessage>map(address -> new AddressMessage(
                        header.sequence(),
                        header.type() == RTM_DELADDR,
                        header.interrupted(),
                        index,
                        address,
                        prefixLength));
    }

    /** The attributes between two positions; empty if a length is wrong. */
    private Optional<List<Attribute>> attributes(int from, int to) {
        List<Attribute> found = new ArrayList<>();
        int at = from;
        while (to - at >= ATTRIBUTE_HEADER) {
            int length = bytes.getShort(at) & 0xffff;
            if (length < ATTRIBUTE_HEADER || length > to - at) {
                return Optional.empty();
            }
            int type = bytes.getShort(at + 2) & ATTRIBUTE_TYPE;
            found.add(new Attribute(type, at + ATTRIBUTE_HEADER, length - ATTRIBUTE_HEADER));
            at += aligned(length);
        }
        return Optional.of(found);
    }

    private Optional<Ip> ip(Attribute attribute) {
        return attribute.length() == IPV4_LENGTH || attribute.length() == IPV6_LENGTH
                ? Optional.of(Ip.ofBytes(value(attribute)))
                : Optional.empty();
    }

    private String text(Attribute attribute) {
        byte[] value = value(attribute);
        int end = 0;
        while (end < value.length && value[end] != 0) {
            end++;
        }
        return new String(value, 0, end, StandardCharsets.UTF_8);
    }

    private byte[] value(Attribute attribute) {
        byte[] value = new byte[attribute.length()];
        bytes.get(attribute.at(), value);
        return value;
    }

    private static int aligned(int length) {
        return (length + 3) & ~3;
    }
}
