package dev.clarion.arpndp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.ArpPacket.Operation;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborAdvertisement;
import dev.clarion.arpndp.wire.NeighborSolicitation;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The announcer on a wire of the test's own: which frames lead to which frames, and to which words to the listener. */
class NeighbourAnnouncerTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Mac US = Mac.parse("02:00:00:00:00:0a");
    private static final Mac OWNER = Mac.parse("02:00:00:00:00:0b");
    private static final Mac CLIENT = Mac.parse("02:00:00:00:00:0c");
    private static final Mac ROUTER = Mac.parse("02:00:00:00:00:01");
    private static final Ip VIP4 = Ip.parse("10.9.0.200");
    private static final Ip VIP6 = Ip.parse("fd09::200");
    private static final Ip OWN4 = Ip.parse("10.9.0.11");
    private static final Ip CLIENT4 = Ip.parse("10.9.0.100");
    private static final Ip CLIENT6 = Ip.parse("fd09::100");
    private static final Ip ROUTER4 = Ip.parse("10.9.0.1");
    private static final Ip GROUP = Ip.parse("ff02::1:ff00:200");

    private final FakeWire wire = new FakeWire();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Set<Ip> joined = ConcurrentHashMap.newKeySet();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private volatile L2Interface link = link(US, true, Set.of());
    private NeighbourAnnouncer announcer;

    @BeforeEach
    void start() {
        announcer = announcerOn(wire);
        forever();
    }

    private NeighbourAnnouncer announcerOn(FakeWire on) {
        return new NeighbourAnnouncer(
                Settings.DEFAULT,
                name -> Optional.of(link).filter(found -> found.name().equals(name)),
                new Groups(),
                new Listener(),
                () -> begun.add(Thread.currentThread().getName()),
                on);
    }

    @AfterEach
    void close() {
        announcer.close();
    }

    @Test
    void aQuestionIsAnsweredUpToTheDeadlineAndNotAfterIt() {
        own(VIP4);
        wire.deliver(question(VIP4));
        assertThat(answers()).hasSize(1);
        announcer.answerUntil(System.nanoTime() - 1);
        wire.deliver(question(VIP4));
        assertThat(answers()).isEmpty();
        assertThat(told).contains("dropped FENCED");
        forever();
        wire.deliver(question(VIP4));
        assertThat(answers()).hasSize(1);
    }

    @Test
    void beforeTheFirstDeadlineNothingIsAnsweredOrAnnounced() {
        FakeWire other = new FakeWire();
        try (NeighbourAnnouncer silent = announcerOn(other)) {
            silent.apply(new L2Intent(Map.of("eth0", Set.of(VIP4))));
            other.deliver(question(VIP4));
            assertThat(told).contains("dropped FENCED");
            silent.probeKernel("eth0", CLIENT4, 1, Duration.ofMillis(1));
            await().atMost(SOON).until(() -> told.contains("silent 10.9.0.100 1"));
            assertThat(other.sentAbout(VIP4)).isEmpty();
        }
    }

    @Test
    void nothingIsAnnouncedAfterTheDeadlineUntilThereIsAnother() {
        openWithNothing();
        announcer.answerUntil(System.nanoTime() - 1);
        announcer.apply(new L2Intent(Map.of("eth0", Set.of(VIP4))));
        announcer.probeKernel("eth0", CLIENT4, 1, Duration.ofMillis(1));
        await().atMost(SOON).until(() -> told.contains("silent 10.9.0.100 1"));
        assertThat(wire.sentAbout(VIP4)).isEmpty();
        forever();
        await().atMost(SOON).until(() -> !wire.sentAbout(VIP4).isEmpty());
    }

    @Test
    void aFrameThatWaitedLongerThan200MillisIsNotAnswered() {
        own(VIP4);
        wire.deliver(question(VIP4), TimeUnit.MILLISECONDS.toNanos(201));
        assertThat(answers()).isEmpty();
        assertThat(told).contains("dropped STALE_FRAME");
    }

    @Test
    void theLinkLayerAddressIsTheOneOfTheMomentOfSending() {
        own(VIP4);
        link = link(Mac.parse("02:00:00:00:00:0d"), true, Set.of());
        announcer.linksChanged();
        wire.takeSent();
        wire.deliver(question(VIP4));
        assertThat(answers()).singleElement().extracting(FakeAnswer::as).hasToString("02:00:00:00:00:0d");
        await().atMost(SOON)
                .until(() -> wire.sentAbout(VIP4).stream()
                        .anyMatch(frame -> frame.ethernet().destination().equals(Mac.BROADCAST)
                                && frame.ethernet().source().equals(link.mac())));
    }

    @Test
    void aCaretakerAnswersInTheOwnersNameAndAnnouncesNothing() {
        openWithNothing();
        announcer.apply(new L2Intent(Map.of(), Map.of("eth0", Map.of(VIP4, OWNER, VIP6, OWNER)), Map.of()));
        await().atMost(SOON).until(() -> joined.contains(GROUP));
        wire.deliver(question(VIP4));
        assertThat(answers()).singleElement().isEqualTo(new FakeAnswer(OWNER, US, CLIENT));
        assertThat(told).contains("stoodIn 10.9.0.200 02:00:00:00:00:0b");
        announcer.announceAgain("eth0");
        announcer.announceAgain(Set.of(VIP4, VIP6));
        announcer.defend("eth0", VIP4);
        announcer.direct("eth0", VIP4, Set.of(CLIENT4));
        letTurnsPass();
        assertThat(wire.takeSent()).isEmpty();
        assertThat(announcer.status()).isEmpty();
        assertThat(announcer.interfaces())
                .singleElement()
                .satisfies(status -> assertThat(status.stoodInFor()).containsEntry(VIP4, 1L));
    }

    @Test
    void whenTheOwnerTakesOverFromItsCaretakerNothingMoreIsAnsweredForIt() {
        openWithNothing();
        announcer.apply(new L2Intent(Map.of(), Map.of("eth0", Map.of(VIP4, OWNER)), Map.of()));
        announcer.apply(new L2Intent(Map.of("eth0", Set.of())));
        wire.deliver(question(VIP4));
        assertThat(answers()).isEmpty();
    }

    /** A neighbour's kernel confirms an entry by asking the one whom it believes to have the address. */
    @Test
    void whoBelievesThatAnAddressIsHereIsNoticedWhenItAsksThisInterfaceAlone() {
        openWithNothing();
        wire.deliver(question(VIP4));
        assertThat(told).as("it asked everybody").noneMatch(what -> what.startsWith("straggler"));
        wire.deliver(questionTo(US, VIP4));
        assertThat(told).contains("straggler 10.9.0.200 10.9.0.100");
        told.clear();
        announcer.apply(new L2Intent(Map.of("eth0", Set.of(VIP4))));
        wire.deliver(questionTo(US, VIP4));
        assertThat(told).as("it is here").noneMatch(what -> what.startsWith("straggler"));
    }

    @Test
    void aGatewayIsToldAndItsAnswerIsCounted() {
        link = link(US, true, Set.of(ROUTER4));
        own(VIP4);
        await().atMost(SOON).until(() -> told.contains("told 10.9.0.200 10.9.0.1"));
        wire.deliver(reply(ROUTER4, ROUTER, VIP4));
        assertThat(told).contains("acknowledged 10.9.0.200 10.9.0.1 gateway");
        assertThat(announcer.status()).singleElement().satisfies(status -> {
            assertThat(status.acknowledgements()).isEqualTo(1);
            assertThat(status.neighboursTold()).isPositive();
            assertThat(status.acknowledgedAfter()).isPresent();
        });
    }

    @Test
    void whoAskedForAWatchedAddressIsToldByNameWhenItComesHere() {
        openWithNothing();
        announcer.apply(new L2Intent(Map.of(), Map.of(), Map.of("eth0", Set.of(VIP4, VIP6))));
        await().atMost(SOON).until(() -> joined.contains(GROUP));
        wire.deliver(question(VIP4));
        wire.deliver(new Frame.Solicitation(
                new EthernetHeader(Mac.parse("33:33:ff:00:02:00"), CLIENT, EthernetHeader.IPV6),
                new NeighborSolicitation(CLIENT6, GROUP, VIP6, Optional.of(CLIENT))));
        assertThat(wire.takeSent()).isEmpty();
        announcer.apply(new L2Intent(Map.of("eth0", Set.of(VIP4, VIP6))));
        await().atMost(SOON)
                .until(() -> told.containsAll(List.of("told 10.9.0.200 10.9.0.100", "told fd09::200 fd09::100")));
        assertThat(wire.takeSent())
                .contains(
                        new Frame.Arp(
                                new EthernetHeader(CLIENT, US, EthernetHeader.ARP),
                                new ArpPacket(Operation.REQUEST, US, VIP4, Mac.of(0), CLIENT4)),
                        new Frame.Solicitation(
                                new EthernetHeader(CLIENT, US, EthernetHeader.IPV6),
                                new NeighborSolicitation(VIP6, CLIENT6, CLIENT6, Optional.of(US))));
    }

    @Test
    void aForeignUserOfAnOwnedAddressIsToldOfWithItsLinkLayerAddress() {
        own(VIP4);
        Frame foreign = new Frame.Arp(
                new EthernetHeader(Mac.BROADCAST, CLIENT, EthernetHeader.ARP),
                new ArpPacket(Operation.REPLY, CLIENT, VIP4, CLIENT, VIP4));
        wire.deliver(foreign);
        wire.deliver(foreign);
        assertThat(told.stream().filter("conflict 10.9.0.200 02:00:00:00:00:0c"::equals))
                .hasSize(1);
    }

    @Test
    void theProbeOfAFreeAddressEndsWithFree() {
        openWithNothing();
        assertThat(announcer.probe("eth0", VIP6)).isTrue();
        await().atMost(SOON).until(() -> told.contains("probed fd09::200 Free[]"));
        assertThat(joined).contains(GROUP);
        assertThat(wire.takeSent())
                .hasSize(3)
                .allSatisfy(frame -> assertThat(((Frame.Solicitation) frame).message())
                        .satisfies(probe -> {
                            assertThat(probe.source()).isEqualTo(Ip.parse("::"));
                            assertThat(probe.nonce()).isPresent();
                        }));
    }

    @Test
    void theProbeOfAnAddressThatIsTakenEndsWithWhoHasIt() {
        openWithNothing();
        Frame defence = new Frame.Advertisement(
                new EthernetHeader(Mac.parse("33:33:00:00:00:01"), CLIENT, EthernetHeader.IPV6),
                new NeighborAdvertisement(VIP6, Ip.parse("ff02::1"), false, false, true, VIP6, Optional.of(CLIENT)));
        announcer.probe("eth0", VIP6);
        await().atMost(SOON).until(() -> {
            // On a machine that is busy the answer may come after the end: then once more.
            if (told.remove("probed fd09::200 Free[]")) {
                announcer.probe("eth0", VIP6);
            }
            wire.deliver(defence);
            return told.contains("probed fd09::200 Foreign[mac=02:00:00:00:00:0c]");
        });
    }

    @Test
    void aProbeOnALinkThatIsDownEndsWithNothingKnown() {
        openWithNothing();
        link = link(US, false, Set.of());
        announcer.linksChanged();
        announcer.probe("eth0", VIP4);
        await().atMost(SOON).until(() -> told.contains("probed 10.9.0.200 Unknown[]"));
    }

    @Test
    void anInterfaceThatIsNotPartOfTheIntentIsNotAsked() {
        assertThat(announcer.probe("eth1", VIP4)).isFalse();
        assertThat(announcer.probeKernel("eth1", VIP4, 3, Duration.ofMillis(50)))
                .isFalse();
    }

    @Test
    void aKernelIsAskedAsTheInterfacesOwnAddressAndItsAnswerIsTold() {
        openWithNothing();
        announcer.probeKernel("eth0", CLIENT4, 100, Duration.ofSeconds(1));
        await().atMost(SOON).until(() -> !wire.sentAbout(CLIENT4).isEmpty());
        assertThat(wire.takeSent())
                .contains(new Frame.Arp(
                        new EthernetHeader(Mac.BROADCAST, US, EthernetHeader.ARP),
                        new ArpPacket(Operation.REQUEST, US, OWN4, Mac.of(0), CLIENT4)));
        wire.deliver(reply(CLIENT4, CLIENT, OWN4));
        assertThat(told).contains("kernel 10.9.0.100 02:00:00:00:00:0c");
    }

    @Test
    void aKernelIsNotAskedByIpv6WithoutAnAddressToAskAs() {
        openWithNothing();
        link = new L2Interface("eth0", 2, US, true, List.of(new L2Address(OWN4, 24)), Set.of());
        announcer.linksChanged();
        announcer.probeKernel("eth0", CLIENT6, 2, Duration.ofMillis(5));
        await().atMost(SOON).until(() -> told.contains("silent fd09::100 0"));
        assertThat(wire.takeSent()).isEmpty();
    }

    @Test
    void howOftenAKernelIsAskedHasLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> announcer.probeKernel("eth0", VIP4, 0, Duration.ofMillis(50)));
        assertThatIllegalArgumentException().isThrownBy(() -> announcer.probeKernel("eth0", VIP4, 1, Duration.ZERO));
    }

    @Test
    void eachThreadBeginsWithWhatTheOwnerWantsItTo() {
        openWithNothing();
        await().atMost(SOON).until(() -> begun.equals(Set.of("l2-announce", "l2-eth0")));
    }

    @Test
    void applyingTheSameAgainAnnouncesNothing() {
        own(VIP6);
        await().atMost(SOON).until(() -> wire.sentAbout(VIP6).size() == 3);
        own(VIP6);
        letTurnsPass();
        assertThat(wire.sentAbout(VIP6)).hasSize(3);
    }

    /** Puts a question and waits for its end, so that a turn in which something else could have been sent is over. */
    private void letTurnsPass() {
        link = new L2Interface("eth0", 2, US, true, List.of(new L2Address(OWN4, 24)), Set.of());
        announcer.linksChanged();
        told.clear();
        announcer.probeKernel("eth0", Ip.parse("fd09::77"), 1, Duration.ofMillis(100));
        await().atMost(SOON).until(() -> told.contains("silent fd09::77 0"));
    }

    private record FakeAnswer(Mac as, Mac from, Mac to) {}

    /** The unicast replies that were sent. */
    private List<FakeAnswer> answers() {
        return wire.takeSent().stream()
                .filter(frame -> frame instanceof Frame.Arp arp && arp.packet().operation() == Operation.REPLY)
                .filter(frame -> !frame.ethernet().destination().isMulticast())
                .map(frame -> new FakeAnswer(
                        ((Frame.Arp) frame).packet().senderMac(),
                        frame.ethernet().source(),
                        frame.ethernet().destination()))
                .toList();
    }

    private void forever() {
        announcer.answerUntil(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
    }

    private void openWithNothing() {
        announcer.apply(new L2Intent(Map.of("eth0", Set.of())));
        await().atMost(SOON).until(() -> told.contains("state OPEN"));
    }

    private void own(Ip address) {
        announcer.apply(new L2Intent(Map.of("eth0", Set.of(address))));
        await().atMost(SOON)
                .until(() ->
                        told.contains("state OPEN") && !wire.sentAbout(address).isEmpty());
    }

    private static Frame question(Ip target) {
        return questionTo(Mac.BROADCAST, target);
    }

    private static Frame questionTo(Mac whom, Ip target) {
        return new Frame.Arp(
                new EthernetHeader(whom, CLIENT, EthernetHeader.ARP),
                new ArpPacket(Operation.REQUEST, CLIENT, CLIENT4, Mac.of(0), target));
    }

    private static Frame reply(Ip sender, Mac senderMac, Ip target) {
        return new Frame.Arp(
                new EthernetHeader(US, senderMac, EthernetHeader.ARP),
                new ArpPacket(Operation.REPLY, senderMac, sender, US, target));
    }

    private static L2Interface link(Mac mac, boolean up, Set<Ip> gateways) {
        List<L2Address> own = List.of(new L2Address(OWN4, 24), new L2Address(Ip.parse("fd09::11"), 64));
        return new L2Interface("eth0", 2, mac, up, own, gateways);
    }

    private final class Groups implements MulticastGroups {
        @Override
        public void join(int ifIndex, Ip group) {
            joined.add(group);
        }

        @Override
        public void leave(int ifIndex, Ip group) {}
    }

    private final class Listener implements L2Listener {
        @Override
        public void dropped(String interfaceName, DropReason reason) {
            told.add("dropped " + reason);
        }

        @Override
        public void stoodIn(String interfaceName, Ip address, Mac owner, Ip requester) {
            told.add("stoodIn " + address + " " + owner);
        }

        @Override
        public void straggler(String interfaceName, Ip address, Ip host) {
            told.add("straggler " + address + " " + host);
        }

        @Override
        public void told(String interfaceName, Ip address, Ip neighbour) {
            told.add("told " + address + " " + neighbour);
        }

        @Override
        public void acknowledged(String interfaceName, Ip address, Ip neighbour, boolean gateway) {
            told.add("acknowledged " + address + " " + neighbour + (gateway ? " gateway" : ""));
        }

        @Override
        public void conflict(String interfaceName, Ip address, Mac mac) {
            told.add("conflict " + address + " " + mac);
        }

        @Override
        public void probed(String interfaceName, Ip address, ProbeResult result) {
            told.add("probed " + address + " " + result);
        }

        @Override
        public void kernelAnswered(String interfaceName, Ip target, Mac mac) {
            told.add("kernel " + target + " " + mac);
        }

        @Override
        public void kernelSilent(String interfaceName, Ip target, int asked) {
            told.add("silent " + target + " " + asked);
        }

        @Override
        public void stateChanged(String interfaceName, InterfaceState state, String detail) {
            told.add("state " + state);
        }
    }
}
