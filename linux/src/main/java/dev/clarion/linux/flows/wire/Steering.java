package dev.clarion.linux.flows.wire;

import dev.clarion.linux.flows.wire.Answer.Field;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Optional;

/**
 * Policy routing of what is marked (ip-rule(8)): one rule and one table with a default route for each node that flows are
 * relayed to. Told from those of others by their priority, their tables' numbers and their protocol, all of which must fit.
 *
 * @param number 1 to {@link #MAX}
 * @param family of the flows
 */
public record Steering(int number, IpFamily family) {
    /** The greatest number. */
    public static final int MAX = 255;

    /**
     * Between those of routing daemons and the free ones ({@code linux/rtnetlink.h}): who made a rule or a route.
     */
    private static final int MADE_BY = 148;

    private static final int PRIORITY = 7482;
    private static final int TABLES = 748_200;
    /** Bits that neither kube-proxy (0x4000, 0x8000) nor the overlays (the upper half) use. */
    private static final int MARKS = 0x2c00;

    private static final int MARK_MASK = 0xffff;

    private static final int NEW_ROUTE = 24;
    private static final int DEL_ROUTE = 25;
    private static final int GET_ROUTE = 26;
    private static final int NEW_RULE = 32;
    private static final int DEL_RULE = 33;
    private static final int GET_RULE = 34;
    private static final int FIXED = 12;

    private static final int RULE_PRIORITY = 6;
    private static final int RULE_MARK = 10;
    private static final int RULE_TABLE = 15;
    private static final int RULE_MASK = 16;
    private static final int RULE_PROTOCOL = 21;
    private static final byte TO_TABLE = 1;

    private static final int ROUTE_INTERFACE = 4;
    private static final int ROUTE_GATEWAY = 5;
    private static final int ROUTE_TABLE = 15;
    private static final byte UNICAST = 1;
    private static final int ON_LINK = 4;

    /** A number in its range. */
    public Steering {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("1 to " + MAX + ", not " + number);
        }
    }

    /** The mark of packets that are steered so. */
    public int mark() {
        return MARKS | number;
    }

    /** The number that belongs to a mark, if it is one of ours. */
    public static Optional<Integer> numberOf(int mark) {
        int number = mark & MAX;
        return (mark & ~MAX) == MARKS && number > 0 ? Optional.of(number) : Optional.empty();
    }

    /** Makes the rule; EEXIST if it is there. */
    public byte[] addRule(int sequence) {
        return rule(NEW_RULE, RequestWriter.F_CREATE | RequestWriter.F_EXCLUSIVE, sequence);
    }

    /** Deletes the rule; ENOENT if there is none. */
    public byte[] deleteRule(int sequence) {
        return rule(DEL_RULE, 0, sequence);
    }

    private byte[] rule(int type, int flags, int sequence) {
        return new RequestWriter()
                .message(type, flags | RequestWriter.F_ACK, sequence)
                .bytes(Families.of(family), (byte) 0, (byte) 0, (byte) 0)
                .bytes((byte) 0, (byte) 0, (byte) 0, TO_TABLE)
                .number(0)
                .own(RULE_PRIORITY, PRIORITY)
                .own(RULE_MARK, mark())
                .own(RULE_MASK, MARK_MASK)
                .own(RULE_TABLE, TABLES + number)
                .attribute(RULE_PROTOCOL, (byte) MADE_BY)
                .done();
    }

    /** Makes the route, or another of the one that is there. */
    public byte[] route(Hop hop, int sequence) {
        return route(NEW_ROUTE, RequestWriter.F_CREATE | RequestWriter.F_REPLACE, sequence)
                .own(ROUTE_INTERFACE, hop.index())
                .attribute(ROUTE_GATEWAY, hop.via().toBytes())
                .done();
    }

    /** Deletes the route; ESRCH if there is none. */
    public byte[] deleteRoute(int sequence) {
        return route(DEL_ROUTE, 0, sequence).done();
    }

    private RequestWriter route(int type, int flags, int sequence) {
        return new RequestWriter()
                .message(type, flags | RequestWriter.F_ACK, sequence)
                .bytes(Families.of(family), (byte) 0, (byte) 0, (byte) 0)
                .bytes((byte) 0, (byte) MADE_BY, (byte) 0, UNICAST)
                .number(ON_LINK)
                .own(ROUTE_TABLE, TABLES + number);
    }

    /** Asks for all rules of a family. */
    public static byte[] listRules(IpFamily family, int sequence) {
        return list(GET_RULE, family, sequence);
    }

    /** Asks for all routes of a family. */
    public static byte[] listRoutes(IpFamily family, int sequence) {
        return list(GET_ROUTE, family, sequence);
    }

    private static byte[] list(int type, IpFamily family, int sequence) {
        return new RequestWriter()
                .message(type, RequestWriter.F_DUMP, sequence)
                .bytes(Families.of(family), (byte) 0, (byte) 0, (byte) 0)
                .number(0)
                .number(0)
                .done();
    }

    /** The rule that the kernel tells of, if it is one of ours. */
    public static Optional<Steering> readRule(Answer answer, IpFamily family) {
        if (answer.type() != NEW_RULE || answer.to() - answer.from() < FIXED) {
            return Optional.empty();
        }
        boolean ours = answer.find(FIXED, RULE_PRIORITY).own().equals(Optional.of(PRIORITY))
                && answer.find(FIXED, RULE_PROTOCOL).u8() == MADE_BY;
        Optional<Integer> table = answer.find(FIXED, RULE_TABLE).own();
        return ours
                ? answer.find(FIXED, RULE_MARK)
                        .own()
                        .flatMap(Steering::numberOf)
                        .filter(number -> table.equals(Optional.of(TABLES + number)))
                        .map(number -> new Steering(number, family))
                : Optional.empty();
    }

    /** The route that the kernel tells of, if it is one of ours. */
    public static Optional<Route> readRoute(Answer answer, IpFamily family) {
        if (answer.type() != NEW_ROUTE
                || answer.to() - answer.from() < FIXED
                || answer.bytes().get(answer.from() + 1) != 0
                || answer.bytes().get(answer.from() + 5) != (byte) MADE_BY) {
            return Optional.empty();
        }
        Optional<Integer> index = answer.find(FIXED, ROUTE_INTERFACE).own();
        Field gateway = answer.find(FIXED, ROUTE_GATEWAY);
        return answer.find(FIXED, ROUTE_TABLE)
                .own()
                .filter(table -> table > TABLES && table <= TABLES + MAX)
                .flatMap(table -> index.flatMap(out ->
                        gateway.ip().map(via -> new Route(new Steering(table - TABLES, family), new Hop(out, via)))));
    }

    /**
     * Where marked packets go.
     *
     * @param index the kernel's index of the interface
     * @param via an address of the node on that segment
     */
    public record Hop(int index, Ip via) {}

    /**
     * A route of ours.
     *
     * @param steering which one
     * @param hop where to
     */
    public record Route(Steering steering, Hop hop) {}
}
