package dev.clarion.arpndp;

import static dev.clarion.arpndp.TestSegment.CLIENT;
import static dev.clarion.arpndp.TestSegment.NODE;
import static dev.clarion.arpndp.TestSegment.OTHER;
import static dev.clarion.arpndp.TestSegment.SOON;
import static dev.clarion.arpndp.TestSegment.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.arpndp.Sandbox.Program;
import dev.clarion.arpndp.fsm.Announcement.Directed;
import dev.clarion.arpndp.fsm.Announcement.Form;
import dev.clarion.arpndp.fsm.Announcement.Gratuitous;
import dev.clarion.arpndp.fsm.Neighbour;
import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.ArpPacket.Operation;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborAdvertisement;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What a Linux neighbour makes of frames: its entry for an address is the old owner's, the new owner sends one frame, and
 * the entry is the new owner's, or not. These are the tables that the announcer is built on.
 */
@TestInstance(Lifecycle.PER_CLASS)
class NeighbourTableIT {

    private static final Ip VIP4 = Ip.parse("10.9.0.200");
    private static final Ip VIP6 = Ip.parse("fd09::200");
    private static final Ip MARK4 = Ip.parse("10.9.0.201");
    private static final Ip MARK6 = Ip.parse("fd09::201");
    private static final Ip CLIENT4 = Ip.parse("10.9.0.100");
    private static final Ip CLIENT6 = Ip.parse("fd09::100");
    private static final Mac NEW = Mac.parse(NODE);
    private static final Mac CLIENTS = Mac.parse(CLIENT);
    private static final Mac ALL_NODES = Mac.parse("33:33:00:00:00:01");
    private static final int HOP_LIMIT_AT = 21;

    private Sandbox sandbox;
    private Program sender;

    /** What becomes of the client's entry. */
    enum Outcome {
        /** It is the new owner's, and not confirmed. */
        UPDATED,
        /** It is the new owner's, and confirmed. */
        CONFIRMED,
        /** It is the old owner's. */
        KEPT,
        /** There is none. */
        NONE
    }

    /** The state of the client's entry before. */
    enum Before {
        /** ARP: the entry is younger than the locktime. NDP: confirmed. */
        YOUNG,
        /** ARP: the entry is older than the locktime. NDP: not confirmed lately. */
        OLD,
        /** There is no entry. */
        ABSENT
    }

    /**
     * One row of a table.
     *
     * @param what which frame
     * @param frame its bytes, in hexadecimal
     * @param young what becomes of a {@link Before#YOUNG} entry
     * @param old what becomes of an {@link Before#OLD} entry
     * @param absent what becomes of none
     */
    record Row(String what, String frame, Outcome young, Outcome old, Outcome absent) {

        Outcome of(Before before) {
            return switch (before) {
                case YOUNG -> young;
                case OLD -> old;
                case ABSENT -> absent;
            };
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Row> ARP = List.of(
            new Row(
                    "request form, THA zero",
                    hex(new Gratuitous(VIP4, Form.ARP_REQUEST).frame(NEW)),
                    Outcome.UPDATED,
                    Outcome.UPDATED,
                    Outcome.NONE),
            new Row(
                    "request form, THA all ones",
                    arp(Mac.BROADCAST, Operation.REQUEST, VIP4, Mac.BROADCAST, VIP4),
                    Outcome.UPDATED,
                    Outcome.UPDATED,
                    Outcome.NONE),
            new Row(
                    "reply form, THA = SHA",
                    hex(new Gratuitous(VIP4, Form.ARP_REPLY).frame(NEW)),
                    Outcome.UPDATED,
                    Outcome.UPDATED,
                    Outcome.NONE),
            new Row(
                    "reply form, THA all ones",
                    arp(Mac.BROADCAST, Operation.REPLY, VIP4, Mac.BROADCAST, VIP4),
                    Outcome.KEPT,
                    Outcome.UPDATED,
                    Outcome.NONE),
            new Row(
                    "reply, unicast",
                    arp(CLIENTS, Operation.REPLY, VIP4, CLIENTS, CLIENT4),
                    Outcome.KEPT,
                    Outcome.CONFIRMED,
                    Outcome.NONE),
            new Row(
                    "directed request, broadcast",
                    directed(VIP4, CLIENT4, Optional.empty()),
                    Outcome.UPDATED,
                    Outcome.UPDATED,
                    Outcome.UPDATED),
            new Row(
                    "directed request, unicast",
                    directed(VIP4, CLIENT4, Optional.of(CLIENTS)),
                    Outcome.UPDATED,
                    Outcome.UPDATED,
                    Outcome.UPDATED),
            new Row(
                    "probe, SPA 0.0.0.0",
                    arp(Mac.BROADCAST, Operation.REQUEST, Ip.parse("0.0.0.0"), Mac.of(0), VIP4),
                    Outcome.KEPT,
                    Outcome.KEPT,
                    Outcome.NONE));

    static final List<Row> NDP = List.of(
            new Row(
                    "unsolicited, O=1",
                    hex(new Gratuitous(VIP6, Form.ADVERTISEMENT).frame(NEW)),
                    Outcome.UPDATED,
                    Outcome.UPDATED,
                    Outcome.NONE),
            new Row("unsolicited, O=0", toAll(false, false), Outcome.KEPT, Outcome.KEPT, Outcome.NONE),
            new Row("solicited, O=0", toClient(false), Outcome.KEPT, Outcome.KEPT, Outcome.NONE),
            new Row("solicited, O=1", toClient(true), Outcome.CONFIRMED, Outcome.CONFIRMED, Outcome.NONE),
            new Row("solicited, to everybody", toAll(true, true), Outcome.KEPT, Outcome.KEPT, Outcome.NONE),
            new Row("unsolicited, hop limit 64", fromAfar(), Outcome.KEPT, Outcome.KEPT, Outcome.NONE),
            new Row(
                    "directed solicitation, to the group",
                    directed(VIP6, CLIENT6, Optional.empty()),
                    Outcome.UPDATED,
                    Outcome.UPDATED,
                    Outcome.UPDATED),
            new Row(
                    "directed solicitation, unicast",
                    directed(VIP6, CLIENT6, Optional.of(CLIENTS)),
                    Outcome.UPDATED,
                    Outcome.UPDATED,
                    Outcome.UPDATED));

    @BeforeAll
    void raiseTheSegment() {
        Awaitility.pollInSameThread();
        sandbox = TestSegment.raise();
        sender = sandbox.java("node", SenderProgram.class, List.of(), "eth0");
        // Ten minutes: the client shall not verify entries, or let them grow old, by itself.
        sandbox.sh(on(
                "client",
                "for f in ipv4 ipv6; do echo 600 > /proc/sys/net/$f/neigh/eth0/delay_first_probe_time;"
                        + " echo 600000 > /proc/sys/net/$f/neigh/eth0/base_reachable_time_ms; done"));
    }

    @AfterAll
    void endTheSegment() {
        sender.close();
        sandbox.close();
    }

    @ParameterizedTest
    @FieldSource("ARP")
    void arp(Row row) {
        for (Before before : Before.values()) {
            // In hundredths of a second: no entry is older than that during a test, or each is.
            int locktime = before == Before.YOUNG ? 6_000 : 0;
            sandbox.sh(on("client", "echo " + locktime + " > /proc/sys/net/ipv4/neigh/eth0/locktime"));
            assertOutcome(row, before, VIP4, MARK4, "reachable");
        }
    }

    @ParameterizedTest
    @FieldSource("NDP")
    void ndp(Row row) {
        for (Before before : Before.values()) {
            assertOutcome(row, before, VIP6, MARK6, before == Before.OLD ? "stale" : "reachable");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"ARP_REQUEST", "ADVERTISEMENT"})
    void theMarkByWhichATestKnowsThatAFrameWasHandledChangesItsEntry(Form form) {
        Ip mark = form == Form.ADVERTISEMENT ? MARK6 : MARK4;
        set(mark, OTHER, "stale");
        send(mark(mark));
        await().atMost(SOON).until(() -> entry(mark).contains(NODE));
    }

    private void assertOutcome(Row row, Before before, Ip address, Ip mark, String state) {
        if (before == Before.ABSENT) {
            sandbox.sh(on("client", "ip neigh del " + address + " dev eth0 2> /dev/null || true"));
        } else {
            set(address, OTHER, state);
        }
        handled(row.frame(), mark);
        assertThat(outcome(entry(address)))
                .as("%s, %s: %s", row.what(), before, entry(address))
                .isEqualTo(row.of(before));
    }

    private static Outcome outcome(String entry) {
        if (entry.contains(NODE)) {
            return entry.contains("REACHABLE") ? Outcome.CONFIRMED : Outcome.UPDATED;
        }
        return entry.contains(OTHER) ? Outcome.KEPT : Outcome.NONE;
    }

    /** Sends a frame, and another one behind it that shows when the first has been handled. */
    private void handled(String frame, Ip mark) {
        set(mark, OTHER, "stale");
        send(frame);
        send(mark(mark));
        await().atMost(SOON).until(() -> entry(mark).contains(NODE));
    }

    private static String mark(Ip mark) {
        Form form = mark.equals(MARK4) ? Form.ARP_REQUEST : Form.ADVERTISEMENT;
        return hex(new Gratuitous(mark, form).frame(NEW));
    }

    private void send(String frame) {
        sender.say(frame);
    }

    private static String hex(Frame frame) {
        return HexFormat.of().formatHex(frame.encode());
    }

    private void set(Ip address, String mac, String state) {
        // Made anew, so that its age begins now.
        sandbox.sh(on(
                "client",
                "ip neigh del " + address + " dev eth0 2> /dev/null || true; ip neigh add " + address + " lladdr " + mac
                        + " dev eth0 nud " + state));
    }

    private String entry(Ip address) {
        return sandbox.sh(on("client", "ip neigh show " + address));
    }

    private static String arp(Mac to, Operation operation, Ip spa, Mac tha, Ip tpa) {
        return hex(new Frame.Arp(
                new EthernetHeader(to, NEW, EthernetHeader.ARP), new ArpPacket(operation, NEW, spa, tha, tpa)));
    }

    private static String directed(Ip address, Ip to, Optional<Mac> mac) {
        return hex(new Directed(address, new Neighbour(to, mac, Neighbour.Role.GATEWAY)).frame(NEW));
    }

    private static String toAll(boolean solicited, boolean override) {
        return advertisement(ALL_NODES, Ip.parse("ff02::1"), solicited, override);
    }

    private static String toClient(boolean override) {
        return advertisement(CLIENTS, CLIENT6, true, override);
    }

    private static String advertisement(Mac to, Ip destination, boolean solicited, boolean override) {
        return hex(new Frame.Advertisement(
                new EthernetHeader(to, NEW, EthernetHeader.IPV6),
                new NeighborAdvertisement(VIP6, destination, false, solicited, override, VIP6, Optional.of(NEW))));
    }

    /** The hop limit is not part of the checksum. */
    private static String fromAfar() {
        byte[] frame = new Gratuitous(VIP6, Form.ADVERTISEMENT).frame(NEW).encode();
        frame[HOP_LIMIT_AT] = 64;
        return HexFormat.of().formatHex(frame);
    }
}
