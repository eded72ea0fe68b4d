package dev.clarion.linux.flows.wire;

import dev.clarion.net.IpFamily;

/** The expressions of one rule of nf_tables, in the order in which a packet meets them. */
final class RuleWriter {
    private static final int EXPRESSIONS = 4;
    private static final int LIST_ELEMENT = 1;
    private static final int NAME = 1;
    private static final int DATA = 2;
    private static final int VALUE = 1;
    private static final int VERDICT = 2;
    private static final int CODE = 1;

    /** Registers of four bytes; a key is in neighbouring ones, and the last one is free even beside that of IPv6. */
    private static final int FIRST = 8;

    private static final int LAST = 23;
    private static final int VERDICT_REGISTER = 0;

    private static final int META_MARK = 3;
    private static final int META_NFPROTO = 15;
    private static final int META_L4PROTO = 16;
    private static final int NETWORK = 1;
    private static final int TRANSPORT = 2;
    private static final int EQUAL = 0;
    private static final int UPDATE = 1;
    private static final int NF_DROP = 0;

    private static final byte ICMP = 1;
    private static final byte ICMPV6 = 58;
    private static final byte ICMP_REDIRECT = 5;
    private static final byte ICMPV6_REDIRECT = (byte) 137;

    private final RequestWriter writer;
    private final int expressions;

    RuleWriter(RequestWriter writer) {
        this.writer = writer;
        this.expressions = writer.nest(EXPRESSIONS);
    }

    void done() {
        writer.end(expressions);
    }

    private void expression(String name, Runnable data) {
        int element = writer.nest(LIST_ELEMENT);
        writer.text(NAME, name);
        int nest = writer.nest(DATA);
        data.run();
        writer.end(nest).end(element);
    }

    RuleWriter family(IpFamily family) {
        return meta(META_NFPROTO, FIRST).equal(Families.of(family));
    }

    /** Puts what identifies a flow into registers, in the order of the map's type. */
    RuleWriter flow(IpFamily family) {
        return switch (family) {
            case IPV4 -> flow(4, 12, 16);
            case IPV6 -> flow(16, 8, 24);
        };
    }

    private RuleWriter flow(int length, int sourceAt, int destinationAt) {
        int words = length / 4;
        int protocol = FIRST + words;
        return load(NETWORK, sourceAt, length, FIRST)
                .meta(META_L4PROTO, protocol)
                .load(TRANSPORT, 0, 2, protocol + 1)
                .load(NETWORK, destinationAt, length, protocol + 2)
                .load(TRANSPORT, 2, 2, protocol + 2 + words);
    }

    /** Ends here for packets of flows that are not in the map; marks the others as it says. */
    RuleWriter markBy(String map) {
        expression("lookup", () -> writer.text(1, map).network(2, FIRST).network(3, LAST));
        expression("meta", () -> writer.network(2, META_MARK).network(3, LAST));
        return this;
    }

    RuleWriter notrack() {
        expression("notrack", () -> {});
        return this;
    }

    /** The time after which the flow is forgotten begins anew. The mark is read once more, or nft could not list it. */
    RuleWriter refresh(String map) {
        meta(META_MARK, LAST);
        expression(
                "dynset",
                () -> writer.text(1, map).network(3, UPDATE).network(4, FIRST).network(5, LAST));
        return this;
    }

    RuleWriter redirect(IpFamily family) {
        byte protocol = switch (family) {
            case IPV4 -> ICMP;
            case IPV6 -> ICMPV6;
        };
        byte type = switch (family) {
            case IPV4 -> ICMP_REDIRECT;
            case IPV6 -> ICMPV6_REDIRECT;
        };
        return meta(META_L4PROTO, FIRST)
                .equal(protocol)
                .load(TRANSPORT, 0, 1, FIRST)
                .equal(type);
    }

    RuleWriter drop() {
        expression("immediate", () -> {
            writer.network(1, VERDICT_REGISTER);
            int data = writer.nest(2);
            int verdict = writer.nest(VERDICT);
            writer.network(CODE, NF_DROP).end(verdict).end(data);
        });
        return this;
    }

    private RuleWriter meta(int key, int register) {
        expression("meta", () -> writer.network(1, register).network(2, key));
        return this;
    }

    private RuleWriter load(int base, int offset, int length, int register) {
        expression(
                "payload",
                () -> writer.network(1, register)
                        .network(2, base)
                        .network(3, offset)
                        .network(4, length));
        return this;
    }

    private RuleWriter equal(byte value) {
        expression("cmp", () -> {
            writer.network(1, FIRST).network(2, EQUAL);
            int data = writer.nest(3);
            writer.attribute(VALUE, value).end(data);
        });
        return this;
    }
}
