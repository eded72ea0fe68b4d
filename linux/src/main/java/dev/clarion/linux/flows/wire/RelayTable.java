package dev.clarion.linux.flows.wire;

import dev.clarion.linux.flows.wire.Answer.Field;
import dev.clarion.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table {@code clarion} of nf_tables, as {@code nft list table inet clarion} shows it:
 *
 * <pre>
 *   map flows4 { type ipv4_addr . inet_proto . inet_service . ipv4_addr . inet_service : mark;
 *                flags dynamic,timeout; timeout 5m; size 100000 }        and flows6 likewise
 *   chain relay { type filter hook prerouting priority raw
 *     meta mark set ip saddr . meta l4proto . th sport . ip daddr . th dport map @flows4
 *     notrack, and the flow's time begins anew                           and of flows6 likewise
 *   }
 *   chain redirects { type filter hook output priority raw
 *     icmp type redirect drop; icmpv6 type nd-redirect drop
 *   }
 * </pre>
 *
 * Marked packets are routed to another node, and are not tracked here: its state is there, and half of a connection would
 * be invalid to this kernel. What is relayed leaves by the interface it came in by, so the kernel would tell clients of a
 * shorter way, which ends with the move; hence no redirects while there is the table.
 */
public final class RelayTable {
    /** Flows of each family that the kernel holds at most. */
    public static final int SIZE = 100_000;
    /** How many elements go into one transaction. */
    public static final int AT_ONCE = 800;

    private static final String NAME = "clarion";
    private static final String RELAY = "relay";
    private static final String REDIRECTS = "redirects";
    private static final int SUBSYSTEM = 10;
    private static final int BATCH_BEGIN = 0x10;
    private static final int BATCH_END = 0x11;

    private static final int NEW_TABLE = message(0);
    private static final int GET_TABLE = message(1);
    private static final int DELETE_TABLE = message(2);
    private static final int NEW_CHAIN = message(3);
    private static final int NEW_RULE = message(6);
    private static final int NEW_SET = message(9);
    private static final int NEW_ELEMENTS = message(12);
    private static final int GET_ELEMENTS = message(13);
    private static final int DELETE_ELEMENTS = message(14);
    private static final int FIXED = 4;
    private static final byte FAMILY_INET = 1;

    private static final int PREROUTING = 0;
    private static final int OUTPUT = 3;
    private static final int PRIORITY_RAW = -300;

    private static final int MAP = 0x8;
    private static final int TIMEOUT = 0x10;
    private static final int DYNAMIC = 0x20;

    /** Types of data as nft numbers them, six bits each. */
    private static final int TYPE_IPV4 = 7;

    private static final int TYPE_IPV6 = 8;
    private static final int TYPE_PROTOCOL = 12;
    private static final int TYPE_SERVICE = 13;
    private static final int TYPE_MARK = 19;

    /** Notes for nft, so that it shows marks as they are: keys are in network order (2), data in this machine's (1). */
    private static final byte[] BYTE_ORDERS = ByteBuffer.allocate(12)
            .order(ByteOrder.nativeOrder())
            .put((byte) 0)
            .put((byte) 4)
            .putInt(2)
            .put((byte) 1)
            .put((byte) 4)
            .putInt(1)
            .array();

    private static final int LIST_TABLE = 1;
    private static final int LIST_SET = 2;
    private static final int LIST_ELEMENTS = 3;
    private static final int LIST_ELEMENT = 1;
    private static final int ELEMENT_KEY = 1;
    private static final int ELEMENT_DATA = 2;
    private static final int VALUE = 1;

    private final int timeoutMillis;

    /** @param timeoutMillis how long after its last packet a flow is kept */
    public RelayTable(int timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    private static int message(int number) {
        return SUBSYSTEM << 8 | number;
    }

    private static String map(IpFamily family) {
        return switch (family) {
            case IPV4 -> "flows4";
            case IPV6 -> "flows6";
        };
    }

    /** A transaction with an acknowledgement for each message in it. */
    private static final class Batch {
        private final RequestWriter writer = new RequestWriter();
        private final int first;
        private int sequence;

        Batch(int first) {
            this.first = first;
            this.sequence = first;
            writer.message(BATCH_BEGIN, 0, first).bytes((byte) 0, (byte) 0, (byte) 0, (byte) SUBSYSTEM);
        }

        RequestWriter message(int type, int flags) {
            sequence++;
            return writer.message(type, flags | RequestWriter.F_ACK, sequence)
                    .bytes(FAMILY_INET, (byte) 0, (byte) 0, (byte) 0);
        }

        Transaction done() {
            writer.message(BATCH_END, 0, sequence + 1).bytes((byte) 0, (byte) 0, (byte) 0, (byte) SUBSYSTEM);
            return new Transaction(writer.done(), first, sequence);
        }
    }

    /** Messages that the kernel carries out all or none. It acknowledges each but the first and the last, or refuses. */
    public static final class Transaction {
        private final byte[] bytes;
        private final int first;
        private final int last;

        private Transaction(byte[] bytes, int first, int last) {
            this.bytes = bytes;
            this.first = first;
            this.last = last;
        }

        /** To be sent at once. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** The sequence number of the first message, which is only told of if all is refused. */
        public int first() {
            return first;
        }

        /** The sequence number of the last message that is acknowledged. */
        public int last() {
            return last;
        }
    }

    /** Makes the table; fails with EEXIST if it is there. */
    public Transaction create(int sequence) {
        Batch batch = new Batch(sequence);
        create(batch);
        return batch.done();
    }

    /** Makes the table and deletes it in the same breath: whether this kernel could have it. */
    public Transaction tryOut(int sequence) {
        Batch batch = new Batch(sequence);
        create(batch);
        batch.message(DELETE_TABLE, 0).text(1, NAME);
        return batch.done();
    }

    /** Deletes the table with all in it; fails with ENOENT if there is none. */
    public static Transaction delete(int sequence) {
        Batch batch = new Batch(sequence);
        batch.message(DELETE_TABLE, 0).text(1, NAME);
        return batch.done();
    }

    /** Asks whether the table is there: the answer is the table, or ENOENT. */
    public static byte[] find(int sequence) {
        return new RequestWriter()
                .message(GET_TABLE, RequestWriter.F_ACK, sequence)
                .bytes(FAMILY_INET, (byte) 0, (byte) 0, (byte) 0)
                .text(1, NAME)
                .done();
    }

    private void create(Batch batch) {
        batch.message(NEW_TABLE, RequestWriter.F_CREATE | RequestWriter.F_EXCLUSIVE)
                .text(1, NAME);
        for (IpFamily family : IpFamily.values()) {
            map(batch, family);
        }
        chain(batch, RELAY, PREROUTING);
        for (IpFamily family : IpFamily.values()) {
            relay(batch, family);
        }
        chain(batch, REDIRECTS, OUTPUT);
        for (IpFamily family : IpFamily.values()) {
            redirects(batch, family);
        }
    }

    private void map(Batch batch, IpFamily family) {
        int address = switch (family) {
            case IPV4 -> TYPE_IPV4;
            case IPV6 -> TYPE_IPV6;
        };
        int key = address;
        for (int next : List.of(TYPE_PROTOCOL, TYPE_SERVICE, address, TYPE_SERVICE)) {
            key = key << 6 | next;
        }
        RequestWriter set = batch.message(NEW_SET, RequestWriter.F_CREATE | RequestWriter.F_EXCLUSIVE)
                .text(1, NAME)
                .text(2, map(family))
                .network(3, MAP | TIMEOUT | DYNAMIC)
                .network(4, key)
                .network(5, keyLength(family))
                .network(6, TYPE_MARK)
                .network(7, Integer.BYTES)
                .network(10, setNumber(family))
                .network(11, (long) timeoutMillis)
                .attribute(13, BYTE_ORDERS);
        int description = set.nest(9);
        set.network(1, SIZE).end(description);
    }

    private static void chain(Batch batch, String name, int hook) {
        RequestWriter chain = batch.message(NEW_CHAIN, RequestWriter.F_CREATE | RequestWriter.F_EXCLUSIVE)
                .text(1, NAME)
                .text(3, name)
                .text(7, "filter");
        int nest = chain.nest(4);
        chain.network(1, hook).network(2, PRIORITY_RAW).end(nest);
    }

    private static RuleWriter rule(Batch batch, String chain) {
        return new RuleWriter(batch.message(NEW_RULE, RequestWriter.F_CREATE | RequestWriter.F_APPEND)
                .text(1, NAME)
                .text(2, chain));
    }

    private static void relay(Batch batch, IpFamily family) {
        rule(batch, RELAY)
                .family(family)
                .flow(family)
                .markBy(map(family))
                .notrack()
                .refresh(map(family))
                .done();
    }

    private static void redirects(Batch batch, IpFamily family) {
        rule(batch, REDIRECTS).family(family).redirect(family).drop().done();
    }

    /** Numbers of maps within a transaction only. */
    private static int setNumber(IpFamily family) {
        return switch (family) {
            case IPV4 -> 1;
            case IPV6 -> 2;
        };
    }

    private static int keyLength(IpFamily family) {
        return 2 * family.bits() / 8 + 3 * 4;
    }

    /**
     * Replaces elements, in one transaction.
     *
     * @param family of all of them
     * @param before those that are there
     * @param after those that are to be there, with the mark of each; no more than {@link #AT_ONCE}
     */
    public static Transaction change(IpFamily family, Collection<Flow> before, Map<Flow, Integer> after, int sequence) {
        Batch batch = new Batch(sequence);
        if (!before.isEmpty()) {
            RequestWriter message = elements(batch.message(DELETE_ELEMENTS, 0), family);
            int list = message.nest(LIST_ELEMENTS);
            before.forEach(flow -> {
                int element = message.nest(LIST_ELEMENT);
                key(message, flow);
                message.end(element);
            });
            message.end(list);
        }
        if (!after.isEmpty()) {
            RequestWriter message = elements(batch.message(NEW_ELEMENTS, RequestWriter.F_CREATE), family);
            int list = message.nest(LIST_ELEMENTS);
            after.forEach((flow, mark) -> {
                int element = message.nest(LIST_ELEMENT);
                key(message, flow);
                int data = message.nest(ELEMENT_DATA);
                message.attribute(VALUE, RequestWriter.own(mark)).end(data);
                message.end(element);
            });
            message.end(list);
        }
        return batch.done();
    }

    private static RequestWriter elements(RequestWriter message, IpFamily family) {
        return message.text(LIST_TABLE, NAME).text(LIST_SET, map(family));
    }

    private static void key(RequestWriter message, Flow flow) {
        byte[] client = flow.client().toBytes();
        ByteBuffer key = ByteBuffer.allocate(2 * client.length + 3 * 4);
        key.put(client).putInt(flow.protocol() << 24).putInt(flow.clientPort() << 16);
        key.put(flow.address().toBytes()).putInt(flow.port() << 16);
        int nest = message.nest(ELEMENT_KEY);
        message.attribute(VALUE, key.array()).end(nest);
    }

    /** Asks for all elements of a family; ENOENT if there is no table. */
    public static byte[] list(IpFamily family, int sequence) {
        return elements(
                        new RequestWriter()
                                .message(GET_ELEMENTS, RequestWriter.F_DUMP, sequence)
                                .bytes(FAMILY_INET, (byte) 0, (byte) 0, (byte) 0),
                        family)
                .done();
    }

    /** Puts the elements that the kernel tells of into a map: each flow with its mark. */
    public static void read(Answer answer, IpFamily family, Map<Flow, Integer> into) {
        if (answer.type() != NEW_ELEMENTS || answer.to() - answer.from() < FIXED) {
            return;
        }
        int address = family.bits() / 8;
        for (Field element : answer.find(FIXED, LIST_ELEMENTS).each()) {
            Field key = element.find(ELEMENT_KEY).find(VALUE);
            Optional<Integer> mark = element.find(ELEMENT_DATA).find(VALUE).own();
            if (key.length() == keyLength(family) && mark.isPresent()) {
                into.put(
                        new Flow(
                                key.bytes().get(key.at() + address) & 0xff,
                                key.ip(0, address),
                                key.port(address + 4),
                                key.ip(address + 8, address),
                                key.port(2 * address + 8)),
                        mark.get());
            }
        }
    }
}
