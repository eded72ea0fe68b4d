package dev.clarion.arpndp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.ArpPacket.Operation;
import dev.clarion.arpndp.wire.Decoded;
import dev.clarion.arpndp.wire.Defect;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborAdvertisement;
import dev.clarion.arpndp.wire.NeighborSolicitation;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the responder answers, and why it leaves others without. */
class ResponderTest {

    private static final long MILLI = 1_000_000L;
    private static final Limits LIMITS = new Limits(200 * MILLI);
    private static final Moment NOW = new Moment(990 * MILLI, MILLI);
    private static final Mac US = Mac.parse("02:00:00:00:00:0a");
    private static final Mac CLIENT = Mac.parse("02:00:00:00:00:0c");
    private static final Ip VIP4 = Ip.parse("10.9.0.200");
    private static final Ip VIP6 = Ip.parse("fd09::200");
    private static final Ip CLIENT4 = Ip.parse("10.9.0.100");
    private static final Ip CLIENT6 = Ip.parse("fd09::100");
    private static final Ip GROUP = Ip.parse("ff02::1:ff00:200");
    private static final Holdings OWNED = new Holdings(Set.of(VIP4, VIP6), Map.of());
    private static final Mac OWNER = Mac.parse("02:00:00:00:00:0b");
    private static final Holdings CARETAKEN = new Holdings(Set.of(), Map.of(VIP4, OWNER, VIP6, OWNER));

    @Test
    void aClientThatAsksForAnOwnedIpv4AddressLearnsTheEgressMac() {
        assertThat(replyTo(arp(Mac.BROADCAST, CLIENT, CLIENT, CLIENT4, VIP4)))
                .isEqualTo(new Frame.Arp(
                        new EthernetHeader(CLIENT, US, EthernetHeader.ARP),
                        new ArpPacket(Operation.REPLY, US, VIP4, CLIENT, CLIENT4)));
    }

    @Test
    void aUnicastRequestThatVerifiesAnEntryIsAnswered() {
        assertThat(replyTo(arp(US, CLIENT, CLIENT, CLIENT4, VIP4))).isInstanceOf(Frame.Arp.class);
    }

    @Test
    void anArpProbeIsAnsweredSoThatTheProberTakesAnotherAddress() {
        Ip nobody = Ip.parse("0.0.0.0");
        assertThat(replyTo(arp(Mac.BROADCAST, CLIENT, CLIENT, nobody, VIP4)))
                .isEqualTo(new Frame.Arp(
                        new EthernetHeader(CLIENT, US, EthernetHeader.ARP),
                        new ArpPacket(Operation.REPLY, US, VIP4, CLIENT, nobody)));
    }

    @Test
    void aClientThatSolicitsAnOwnedIpv6AddressGetsASolicitedOverridingAdvertisement() {
        assertThat(replyTo(solicitation("33:33:ff:00:02:00", CLIENT6, GROUP, VIP6, Optional.of(CLIENT))))
                .isEqualTo(new Frame.Advertisement(
                        new EthernetHeader(CLIENT, US, EthernetHeader.IPV6),
                        new NeighborAdvertisement(VIP6, CLIENT6, false, true, true, VIP6, Optional.of(US))));
    }

    @Test
    void aUnicastSolicitationThatVerifiesReachabilityIsAnsweredToItsEthernetSource() {
        assertThat(replyTo(solicitation(US.toString(), CLIENT6, VIP6, VIP6, Optional.empty())))
                .isEqualTo(new Frame.Advertisement(
                        new EthernetHeader(CLIENT, US, EthernetHeader.IPV6),
                        new NeighborAdvertisement(VIP6, CLIENT6, false, true, true, VIP6, Optional.of(US))));
    }

    @Test
    void duplicateAddressDetectionOfAnotherHostIsAnsweredToAllNodes() {
        assertThat(replyTo(solicitation("33:33:ff:00:02:00", Ip.parse("::"), GROUP, VIP6, Optional.empty())))
                .isEqualTo(new Frame.Advertisement(
                        new EthernetHeader(Mac.parse("33:33:00:00:00:01"), US, EthernetHeader.IPV6),
                        new NeighborAdvertisement(
                                VIP6, Ip.parse("ff02::1"), false, false, true, VIP6, Optional.of(US))));
    }

    @Test
    void theAnswerGoesToTheLinkLayerAddressThatTheSolicitationNames() {
        Mac virtual = Mac.parse("00:00:5e:00:02:01");
        Frame reply = replyTo(solicitation("33:33:ff:00:02:00", CLIENT6, GROUP, VIP6, Optional.of(virtual)));
        assertThat(reply.ethernet().destination()).isEqualTo(virtual);
    }

    @Test
    void malformedBytesAreDropped() {
        assertDropped(new Decoded.Malformed(Defect.CHECKSUM), Refusal.MALFORMED);
        assertDropped(new Decoded.Malformed(Defect.ICMP_TYPE), Refusal.OTHER_PROTOCOL);
    }

    @Test
    void repliesAndAdvertisementsAreNotAnswered() {
        Frame.Arp reply = new Frame.Arp(
                new EthernetHeader(US, CLIENT, EthernetHeader.ARP),
                new ArpPacket(Operation.REPLY, CLIENT, CLIENT4, US, VIP4));
        assertDropped(reply, Refusal.NOT_REQUEST);
        Frame.Advertisement advertisement = new Frame.Advertisement(
                new EthernetHeader(US, CLIENT, EthernetHeader.IPV6),
                new NeighborAdvertisement(CLIENT6, VIP6, false, true, true, VIP6, Optional.of(CLIENT)));
        assertDropped(advertisement, Refusal.NOT_REQUEST);
    }

    @Test
    void addressesThatAreNotOwnedAreNotAnswered() {
        assertDropped(arp(Mac.BROADCAST, CLIENT, CLIENT, CLIENT4, Ip.parse("10.9.0.201")), Refusal.NOT_OURS);
        assertDropped(
                solicitation("33:33:ff:00:02:00", CLIENT6, GROUP, Ip.parse("fd09::1:200"), Optional.of(CLIENT)),
                Refusal.NOT_OURS);
    }

    @Test
    void nothingIsAnsweredWhenTheInterfaceIsGone() {
        Frame request = arp(Mac.BROADCAST, CLIENT, CLIENT, CLIENT4, VIP4);
        assertThat(Responder.answer(request, OWNED, Optional.empty(), NOW, LIMITS))
                .isEqualTo(new Answer.Drop(Refusal.NO_LINK));
    }

    @Test
    void ourOwnFramesThatComeBackAreNotAnswered() {
        assertDropped(arp(Mac.BROADCAST, US, US, VIP4, VIP4), Refusal.OWN_FRAME);
        assertDropped(arp(Mac.BROADCAST, CLIENT, US, CLIENT4, VIP4), Refusal.OWN_FRAME);
        assertDropped(arp(Mac.BROADCAST, US, CLIENT, CLIENT4, VIP4), Refusal.OWN_FRAME);
        assertDropped(solicitation("33:33:ff:00:02:00", CLIENT6, GROUP, VIP6, Optional.of(US)), Refusal.OWN_FRAME);
    }

    @ParameterizedTest
    @CsvSource({
        "01:00:00:00:00:0c, 01:00:00:00:00:0c, 10.9.0.100",
        "ff:ff:ff:ff:ff:ff, ff:ff:ff:ff:ff:ff, 10.9.0.100",
        "00:00:00:00:00:00, 00:00:00:00:00:00, 10.9.0.100",
        "02:00:00:00:00:0c, 02:00:00:00:00:0d, 10.9.0.100",
        "02:00:00:00:00:0c, 02:00:00:00:00:0c, 224.0.0.1",
        "02:00:00:00:00:0c, 02:00:00:00:00:0c, 255.255.255.255",
        "02:00:00:00:00:0c, 02:00:00:00:00:0c, 127.0.0.1",
    })
    void arpFromImpossibleOrContradictorySendersIsDropped(String ethernet, String sha, String spa) {
        assertDropped(arp(Mac.BROADCAST, Mac.parse(ethernet), Mac.parse(sha), Ip.parse(spa), VIP4), Refusal.BAD_SOURCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01:00:00:00:00:0c", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00"})
    void solicitationsFromImpossibleSendersAreDropped(String mac) {
        Optional<Mac> option = Optional.of(Mac.parse(mac));
        assertDropped(solicitation("33:33:ff:00:02:00", CLIENT6, GROUP, VIP6, option), Refusal.BAD_SOURCE);
        assertDropped(
                new Frame.Solicitation(
                        new EthernetHeader(US, Mac.parse(mac), EthernetHeader.IPV6),
                        new NeighborSolicitation(CLIENT6, VIP6, VIP6, Optional.of(CLIENT))),
                Refusal.BAD_SOURCE);
    }

    @Test
    void whatIsMeantForAnotherHostIsNotAnswered() {
        Mac other = Mac.parse("02:00:00:00:00:0d");
        assertDropped(arp(other, CLIENT, CLIENT, CLIENT4, VIP4), Refusal.OTHER_HOST);
        assertDropped(solicitation(other.toString(), CLIENT6, VIP6, VIP6, Optional.empty()), Refusal.OTHER_HOST);
        assertDropped(solicitation(US.toString(), CLIENT6, CLIENT6, VIP6, Optional.of(CLIENT)), Refusal.OTHER_HOST);
    }

    @Test
    void anotherHostThatUsesAnOwnedAddressIsNotAnsweredButNoticed() {
        assertDropped(arp(Mac.BROADCAST, CLIENT, CLIENT, VIP4, VIP4), Refusal.CLAIMED_BY_OTHER);
        assertDropped(
                solicitation("33:33:ff:00:02:00", VIP6, GROUP, VIP6, Optional.of(CLIENT)), Refusal.CLAIMED_BY_OTHER);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, true", "-1, false"})
    void nothingIsAnsweredAfterTheDeadlineThatTheOwnerSet(long nanosLeft, boolean answered) {
        assertAnswered(new Moment(nanosLeft, 0), answered, Refusal.FENCED);
    }

    @Test
    void nothingIsAnsweredBeforeTheOwnerSetADeadlineForTheFirstTime() {
        assertAnswered(new Moment(Long.MIN_VALUE, 0), false, Refusal.FENCED);
    }

    @ParameterizedTest
    @CsvSource({"200, true", "201, false", "-200, true", "-201, false"})
    void framesThatWaitedTooLongOrComeFromTheFutureAreNotAnswered(long ageMillis, boolean answered) {
        assertAnswered(new Moment(0, ageMillis * MILLI), answered, Refusal.STALE_FRAME);
    }

    @Test
    void aCaretakerAnswersArpWithTheOwnersAddressFromItsOwn() {
        assertThat(caretakersReplyTo(arp(Mac.BROADCAST, CLIENT, CLIENT, CLIENT4, VIP4)))
                .isEqualTo(new Answer.Reply(
                        VIP4,
                        CLIENT4,
                        OWNER,
                        new Frame.Arp(
                                new EthernetHeader(CLIENT, US, EthernetHeader.ARP),
                                new ArpPacket(Operation.REPLY, OWNER, VIP4, CLIENT, CLIENT4))));
    }

    @Test
    void aCaretakerAnswersSolicitationsWithTheOwnersAddressFromItsOwn() {
        Frame question = solicitation("33:33:ff:00:02:00", CLIENT6, GROUP, VIP6, Optional.of(CLIENT));
        assertThat(caretakersReplyTo(question).frame())
                .isEqualTo(new Frame.Advertisement(
                        new EthernetHeader(CLIENT, US, EthernetHeader.IPV6),
                        new NeighborAdvertisement(VIP6, CLIENT6, false, true, true, VIP6, Optional.of(OWNER))));
    }

    @Test
    void aCaretakerDefendsAgainstDuplicateAddressDetectionInTheOwnersName() {
        Frame probe = solicitation("33:33:ff:00:02:00", Ip.parse("::"), GROUP, VIP6, Optional.empty());
        assertThat(caretakersReplyTo(probe).frame())
                .isEqualTo(new Frame.Advertisement(
                        new EthernetHeader(Mac.parse("33:33:00:00:00:01"), US, EthernetHeader.IPV6),
                        new NeighborAdvertisement(
                                VIP6, Ip.parse("ff02::1"), false, false, true, VIP6, Optional.of(OWNER))));
    }

    @Test
    void whatIsOwnedIsNotAnsweredInAnothersName() {
        Holdings both = new Holdings(Set.of(VIP4), Map.of(VIP4, OWNER));
        Frame question = arp(Mac.BROADCAST, CLIENT, CLIENT, CLIENT4, VIP4);
        assertThat(Responder.answer(question, both, Optional.of(US), NOW, LIMITS))
                .isInstanceOfSatisfying(
                        Answer.Reply.class, reply -> assertThat(reply.as()).isEqualTo(US));
    }

    @Test
    void theOwnersAnnouncementIsNoConflictForItsCaretakerButAnothersIs() {
        Mac other = Mac.parse("02:00:00:00:00:0d");
        assertCaretakerDrops(arp(Mac.BROADCAST, OWNER, OWNER, VIP4, VIP4), Refusal.BY_OWNER);
        assertCaretakerDrops(arp(Mac.BROADCAST, other, other, VIP4, VIP4), Refusal.CLAIMED_BY_OTHER);
        assertCaretakerDrops(
                solicitation("33:33:ff:00:02:00", VIP6, GROUP, VIP6, Optional.of(OWNER)), Refusal.BY_OWNER);
    }

    @Test
    void aCaretakerIsFencedToo() {
        Frame question = arp(Mac.BROADCAST, CLIENT, CLIENT, CLIENT4, VIP4);
        assertThat(Responder.answer(question, CARETAKEN, Optional.of(US), new Moment(-1, 0), LIMITS))
                .isEqualTo(new Answer.Drop(Refusal.FENCED));
    }

    private static Answer.Reply caretakersReplyTo(Frame question) {
        Answer answer = Responder.answer(question, CARETAKEN, Optional.of(US), NOW, LIMITS);
        assertThat(answer).isInstanceOf(Answer.Reply.class);
        return (Answer.Reply) answer;
    }

    private static void assertCaretakerDrops(Frame frame, Refusal reason) {
        assertThat(Responder.answer(frame, CARETAKEN, Optional.of(US), NOW, LIMITS))
                .isEqualTo(new Answer.Drop(reason));
    }

    private static void assertAnswered(Moment moment, boolean answered, Refusal otherwise) {
        for (Frame request : new Frame[] {
            arp(Mac.BROADCAST, CLIENT, CLIENT, CLIENT4, VIP4),
            solicitation("33:33:ff:00:02:00", CLIENT6, GROUP, VIP6, Optional.of(CLIENT))
        }) {
            Answer answer = Responder.answer(request, OWNED, Optional.of(US), moment, LIMITS);
            if (answered) {
                assertThat(answer).isInstanceOf(Answer.Reply.class);
            } else {
                assertThat(answer).isEqualTo(new Answer.Drop(otherwise));
            }
        }
    }

    private static Frame replyTo(Frame request) {
        Answer answer = Responder.answer(request, OWNED, Optional.of(US), NOW, LIMITS);
        assertThat(answer).isInstanceOf(Answer.Reply.class);
        return ((Answer.Reply) answer).frame();
    }

    private static void assertDropped(Decoded received, Refusal reason) {
        assertThat(Responder.answer(received, OWNED, Optional.of(US), NOW, LIMITS))
                .isEqualTo(new Answer.Drop(reason));
    }

    private static Frame arp(Mac to, Mac from, Mac sha, Ip spa, Ip tpa) {
        return new Frame.Arp(
                new EthernetHeader(to, from, EthernetHeader.ARP),
                new ArpPacket(Operation.REQUEST, sha, spa, Mac.of(0), tpa));
    }

    private static Frame solicitation(String toMac, Ip from, Ip to, Ip target, Optional<Mac> option) {
        return new Frame.Solicitation(
                new EthernetHeader(Mac.parse(toMac), CLIENT, EthernetHeader.IPV6),
                new NeighborSolicitation(from, to, target, option));
    }
}
