package dev.clarion.arpndp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.ArpPacket.Operation;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborAdvertisement;
import dev.clarion.arpndp.wire.NeighborSolicitation;
import dev.clarion.arpndp.wire.Nonce;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What frames tell of who has which address. */
class SightingTest {

    private static final Mac US = Mac.parse("02:00:00:00:00:0a");
    private static final Mac THEM = Mac.parse("02:00:00:00:00:0b");
    private static final Mac PORT = Mac.parse("02:00:00:00:00:0c");
    private static final Mac GROUP = Mac.parse("33:33:ff:00:02:00");
    private static final Ip VIP4 = Ip.parse("10.9.0.200");
    private static final Ip VIP6 = Ip.parse("fd09::200");
    private static final Ip HOST4 = Ip.parse("10.9.0.12");
    private static final Ip HOST6 = Ip.parse("fd09::12");

    @Test
    void whoAsksUsesItsAddress() {
        assertTells(arp(Mac.BROADCAST, THEM, Operation.REQUEST, THEM, HOST4, VIP4), new Sighting.Uses(HOST4, THEM));
        assertTells(solicitation(HOST6, Optional.of(THEM), Optional.empty()), new Sighting.Uses(HOST6, THEM));
        assertTells(solicitation(HOST6, Optional.empty(), Optional.empty()), new Sighting.Uses(HOST6, THEM));
    }

    @Test
    void whoAnnouncesUsesItsAddress() {
        assertTells(arp(Mac.BROADCAST, THEM, Operation.REPLY, THEM, VIP4, VIP4), new Sighting.Uses(VIP4, THEM));
        assertTells(
                advertisement(Mac.parse("33:33:00:00:00:01"), Ip.parse("ff02::1"), false),
                new Sighting.Uses(VIP6, THEM));
    }

    @Test
    void whoIsAskedFromHereAnswers() {
        assertTells(
                new Frame.Arp(
                        new EthernetHeader(US, THEM, EthernetHeader.ARP),
                        new ArpPacket(Operation.REPLY, THEM, HOST4, US, VIP4)),
                new Sighting.Answers(HOST4, THEM, VIP4));
        assertTells(advertisement(US, HOST6, true), new Sighting.Answers(VIP6, THEM, HOST6));
    }

    @Test
    void anAnswerToSomebodyElseIsNoneToUs() {
        assertTells(
                new Frame.Arp(
                        new EthernetHeader(US, THEM, EthernetHeader.ARP),
                        new ArpPacket(Operation.REPLY, THEM, HOST4, PORT, VIP4)),
                new Sighting.Uses(HOST4, THEM));
        assertTells(advertisement(PORT, HOST6, true), new Sighting.Uses(VIP6, THEM));
    }

    @Test
    void theAddressInTheMessageCountsAndNotTheSendersPort() {
        // A caretaker answers in the name of another: from its own port, with the other's address.
        assertTells(
                new Frame.Arp(
                        new EthernetHeader(Mac.BROADCAST, PORT, EthernetHeader.ARP),
                        new ArpPacket(Operation.REPLY, THEM, VIP4, THEM, VIP4)),
                new Sighting.Uses(VIP4, THEM));
    }

    @Test
    void whoProbesWantsTheAddress() {
        Nonce nonce = new Nonce(0x0102_0304_0506L);
        assertTells(
                arp(Mac.BROADCAST, THEM, Operation.REQUEST, THEM, Ip.parse("0.0.0.0"), VIP4),
                new Sighting.Wants(VIP4, THEM, Optional.empty()));
        assertTells(
                solicitation(Ip.parse("::"), Optional.empty(), Optional.of(nonce)),
                new Sighting.Wants(VIP6, THEM, Optional.of(nonce)));
    }

    @Test
    void whatWeSentOurselvesTellsNothing() {
        assertTellsNothing(arp(Mac.BROADCAST, US, Operation.REQUEST, US, VIP4, VIP4));
        assertTellsNothing(arp(Mac.BROADCAST, THEM, Operation.REQUEST, US, VIP4, VIP4));
        assertTellsNothing(arp(Mac.BROADCAST, US, Operation.REPLY, THEM, VIP4, VIP4));
    }

    @ParameterizedTest
    @CsvSource({
        "01:00:00:00:00:0c, 10.9.0.12",
        "ff:ff:ff:ff:ff:ff, 10.9.0.12",
        "00:00:00:00:00:00, 10.9.0.12",
        "02:00:00:00:00:0b, 224.0.0.1",
        "02:00:00:00:00:0b, 255.255.255.255",
        "02:00:00:00:00:0b, 127.0.0.1",
    })
    void impossibleSendersTellNothing(String sha, String spa) {
        assertTellsNothing(arp(Mac.BROADCAST, THEM, Operation.REQUEST, Mac.parse(sha), Ip.parse(spa), VIP4));
    }

    private static void assertTells(Frame frame, Sighting expected) {
        assertThat(Sighting.of(frame, US)).contains(expected);
    }

    private static void assertTellsNothing(Frame frame) {
        assertThat(Sighting.of(frame, US)).isEmpty();
    }

    private static Frame arp(Mac to, Mac from, Operation operation, Mac sha, Ip spa, Ip tpa) {
        return new Frame.Arp(
                new EthernetHeader(to, from, EthernetHeader.ARP), new ArpPacket(operation, sha, spa, Mac.of(0), tpa));
    }

    private static Frame solicitation(Ip source, Optional<Mac> option, Optional<Nonce> nonce) {
        return new Frame.Solicitation(
                new EthernetHeader(GROUP, THEM, EthernetHeader.IPV6),
                new NeighborSolicitation(source, Ip.parse("ff02::1:ff00:200"), VIP6, option, nonce));
    }

    private static Frame advertisement(Mac to, Ip destination, boolean solicited) {
        return new Frame.Advertisement(
                new EthernetHeader(to, THEM, EthernetHeader.IPV6),
                new NeighborAdvertisement(VIP6, destination, false, solicited, true, VIP6, Optional.of(THEM)));
    }
}
