package dev.clarion.announcement.flows;

import dev.clarion.announcement.flows.FlowMessage.Heard;
import dev.clarion.announcement.flows.FlowMessage.Loaded;
import dev.clarion.announcement.flows.FlowMessage.Part;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The bytes of {@link FlowMessage}. */
final class FlowForm {
    private static final byte PART = 1;
    private static final byte HEARD = 2;
    private static final byte LOADED = 3;
    private static final int PART_HEAD = 1 + 1 + 2 + 2;

    private FlowForm() {}

    /** What connections in a group have in common. */
    private record Group(Ip home, int protocol, Ip address, int port) {
        int head() {
            return 1 + 2 * bytes() + 1 + 2 + 2;
        }

        int each() {
            return bytes() + 2;
        }

        private int bytes() {
            return address.family().bits() / 8;
        }
    }

    static List<Part> parts(int round, FlowSet flows) {
        List<FlowSet> contents = new ArrayList<>();
        FlowSet open = FlowSet.NONE;
        int left = FlowMessage.MAX_BYTES - PART_HEAD;
        for (Map.Entry<Group, List<Flow>> entry : groups(flows).entrySet()) {
            Group group = entry.getKey();
            List<Flow> all = entry.getValue();
            for (int from = 0; from < all.size(); ) {
                if (left < group.head() + group.each()) {
                    contents.add(open);
                    open = FlowSet.NONE;
                    left = FlowMessage.MAX_BYTES - PART_HEAD;
                }
                int count = Math.min(all.size() - from, (left - group.head()) / group.each());
                open = open.and(group.home(), all.subList(from, from + count));
                left -= group.head() + count * group.each();
                from += count;
            }
        }
        if (open.size() > 0) {
            contents.add(open);
        }
        List<FlowSet> sent = contents.subList(0, Math.min(contents.size(), FlowMessage.MAX_PARTS));
        List<Part> parts = new ArrayList<>();
        sent.forEach(content -> parts.add(new Part(round, parts.size(), sent.size(), content)));
        return parts;
    }

    private static Map<Group, List<Flow>> groups(FlowSet flows) {
        Map<Group, List<Flow>> groups = new LinkedHashMap<>();
        for (Map.Entry<Ip, Set<Flow>> entry : flows.byHome().entrySet()) {
            for (Flow flow : entry.getValue()) {
                Group group = new Group(entry.getKey(), flow.protocol(), flow.address(), flow.port());
                groups.computeIfAbsent(group, first -> new ArrayList<>()).add(flow);
            }
        }
        return groups;
    }

    static byte[] part(Part part) {
        ByteBuffer bytes = ByteBuffer.allocate(FlowMessage.MAX_BYTES);
        bytes.put(PART).put((byte) part.round()).putShort((short) part.number()).putShort((short) part.of());
        groups(part.flows()).forEach((group, flows) -> {
            bytes.put((byte) (group.address().family() == IpFamily.IPV4 ? 4 : 6));
            bytes.put(group.home().toBytes()).put((byte) group.protocol());
            bytes.put(group.address().toBytes()).putShort((short) group.port());
            bytes.putShort((short) flows.size());
            flows.forEach(flow -> bytes.put(flow.client().toBytes()).putShort((short) flow.clientPort()));
        });
        return written(bytes);
    }

    static byte[] heard(Heard heard) {
        ByteBuffer bytes = ByteBuffer.allocate(FlowMessage.MAX_BYTES);
        bytes.put(HEARD).put((byte) heard.round()).putShort((short)
                heard.numbers().size());
        heard.numbers().forEach(number -> bytes.putShort(number.shortValue()));
        return written(bytes);
    }

    @SuppressWarnings("EnumOrdinal") // The order is part of the protocol.
    static byte[] loaded(Loaded loaded) {
        return ByteBuffer.allocate(7)
                .put(LOADED)
                .put((byte) loaded.round())
                .put((byte) loaded.reason().ordinal())
                .putInt(loaded.kept())
                .array();
    }

    private static byte[] written(ByteBuffer bytes) {
        byte[] written = new byte[bytes.flip().remaining()];
        bytes.get(written);
        return written;
    }

    static Optional<FlowMessage> decode(byte[] encoded) {
        if (encoded.length > FlowMessage.MAX_BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        try {
            byte kind = bytes.get();
            int round = bytes.get() & 0xff;
            return switch (kind) {
                case PART -> part(bytes, round);
                case HEARD -> heard(bytes, round);
                case LOADED -> loaded(bytes, round);
                default -> Optional.empty();
            };
        } catch (BufferUnderflowException tooShort) {
            return Optional.empty();
        }
    }

    private static Optional<FlowMessage> part(ByteBuffer bytes, int round) {
        int number = bytes.getShort() & 0xffff;
        int of = bytes.getShort() & 0xffff;
        if (number >= of || of > FlowMessage.MAX_PARTS) {
            return Optional.empty();
        }
        FlowSet flows = FlowSet.NONE;
        while (bytes.hasRemaining()) {
            int length = switch (bytes.get()) {
                case 4 -> 4;
                case 6 -> 16;
                default -> 0;
            };
            if (length == 0) {
                return Optional.empty();
            }
            Ip home = ip(bytes, length);
            int protocol = bytes.get() & 0xff;
            Ip address = ip(bytes, length);
            int port = bytes.getShort() & 0xffff;
            List<Flow> group = new ArrayList<>();
            for (int count = bytes.getShort() & 0xffff; count > 0; count--) {
                Ip client = ip(bytes, length);
                int clientPort = bytes.getShort() & 0xffff;
                if (!Flow.possible(protocol, client, clientPort, address, port)) {
                    return Optional.empty();
                }
                group.add(new Flow(protocol, client, clientPort, address, port));
            }
            flows = flows.and(home, group);
        }
        return Optional.of(new Part(round, number, of, flows));
    }

    private static Ip ip(ByteBuffer bytes, int length) {
        byte[] address = new byte[length];
        bytes.get(address);
        return Ip.ofBytes(address);
    }

    private static Optional<FlowMessage> heard(ByteBuffer bytes, int round) {
        int count = bytes.getShort() & 0xffff;
        if (count > FlowMessage.MAX_HEARD) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(bytes.getShort() & 0xffff);
        }
        return Optional.of(new Heard(round, numbers));
    }

    private static Optional<FlowMessage> loaded(ByteBuffer bytes, int round) {
        int reason = bytes.get() & 0xff;
        int kept = bytes.getInt();
        FlowReason[] reasons = FlowReason.values();
        return kept < 0
                ? Optional.empty()
                : Optional.of(new Loaded(round, reason < reasons.length ? reasons[reason] : FlowReason.REFUSED, kept));
    }
}
