package dev.clarion.arpndp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.arpndp.fsm.Inquiry.Purpose;
import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborSolicitation;
import dev.clarion.arpndp.wire.Nonce;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that are put until they are answered, on a clock that the test turns itself. */
class InquiriesTest {

    private static final long MILLI = 1_000_000L;
    /** Near the end of what nanoTime can be, so that it wraps around within each test. */
    private static final long START = Long.MAX_VALUE - 100 * MILLI;

    private static final Ip VIP4 = Ip.parse("10.9.0.200");
    private static final Ip VIP6 = Ip.parse("fd09::200");
    private static final Ip PEER = Ip.parse("10.9.0.12");
    private static final Ip OWN = Ip.parse("10.9.0.11");
    private static final Mac US = Mac.parse("02:00:00:00:00:0a");
    private static final Mac THEM = Mac.parse("02:00:00:00:00:0b");
    private static final Nonce OURS = new Nonce(1);

    private final List<Long> asked = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private Inquiries inquiries = Inquiries.NONE;
    private boolean works = true;

    @Test
    void aFreeAddressIsProbedForThreeTimesAndFreeAfter400Millis() {
        inquiries = inquiries.begin(Inquiry.firstUse(VIP4, OURS), START);
        runUntil(399);
        assertThat(asked).containsExactly(0L, 100L, 200L);
        assertThat(verdicts).isEmpty();
        runUntil(400);
        assertThat(verdicts).containsExactly(new Verdict.Free(VIP4));
        assertThat(inquiries.wakeAfter(at(400))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAddressThatSomebodyHasIsForeignWhenItSaysSo(boolean fresh) {
        inquiries = inquiries.begin(Inquiry.firstUse(VIP4, OURS), START);
        runUntil(150);
        hear(new Sighting.Uses(VIP4, THEM), fresh);
        assertThat(verdicts).containsExactly(new Verdict.Foreign(VIP4, THEM));
        runUntil(1_000);
        assertThat(asked).containsExactly(0L, 100L);
        assertThat(verdicts).hasSize(1);
    }

    @Test
    void anAddressThatAnotherWantsAtTheSameTimeIsForeign() {
        inquiries = inquiries.begin(Inquiry.firstUse(VIP6, OURS), START);
        runUntil(50);
        hear(new Sighting.Wants(VIP6, THEM, Optional.of(new Nonce(2))), true);
        assertThat(verdicts).containsExactly(new Verdict.Foreign(VIP6, THEM));
    }

    @Test
    void ourOwnProbeThatComesBackByAnotherPortIsNobodyElses() {
        inquiries = inquiries.begin(Inquiry.firstUse(VIP6, OURS), START);
        runUntil(50);
        hear(new Sighting.Wants(VIP6, THEM, Optional.of(OURS)), true);
        runUntil(1_000);
        assertThat(verdicts).containsExactly(new Verdict.Free(VIP6));
    }

    @Test
    void whatWasSaidBeforeTheFirstQuestionDoesNotCount() {
        inquiries = inquiries.begin(Inquiry.firstUse(VIP4, OURS), START);
        hear(new Sighting.Uses(VIP4, THEM), true);
        hear(new Sighting.Uses(PEER, THEM), true);
        assertThat(verdicts).isEmpty();
    }

    @Test
    void aProbeThatCouldNotBeSentSaysNothing() {
        works = false;
        inquiries = inquiries.begin(Inquiry.firstUse(VIP4, OURS), START);
        runUntil(150);
        works = true;
        runUntil(1_000);
        assertThat(verdicts).containsExactly(new Verdict.Unknown(VIP4));
    }

    @Test
    void whoSleptThroughTheEndGivesTheAnswersThatWaitOneMoreChance() {
        inquiries = inquiries.begin(Inquiry.firstUse(VIP4, OURS), START);
        runUntil(200);
        turn(5_000);
        assertThat(verdicts).isEmpty();
        hear(new Sighting.Uses(VIP4, THEM), false);
        assertThat(verdicts).containsExactly(new Verdict.Foreign(VIP4, THEM));
    }

    @Test
    void butOnlyOne() {
        inquiries = inquiries.begin(Inquiry.firstUse(VIP4, OURS), START);
        runUntil(200);
        turn(5_000);
        turn(9_000);
        assertThat(verdicts).containsExactly(new Verdict.Free(VIP4));
    }

    @Test
    void aKernelThatAnswersIsAskedNoMore() {
        inquiries = inquiries.begin(kernel(PEER), START);
        runUntil(60);
        hear(new Sighting.Answers(PEER, THEM, OWN), true);
        runUntil(1_000);
        assertThat(asked).containsExactly(0L, 50L);
        assertThat(verdicts).containsExactly(new Verdict.KernelAnswered(PEER, THEM));
    }

    @Test
    void aSilentKernelIsAskedAsOftenAsWanted() {
        inquiries = inquiries.begin(kernel(PEER), START);
        runUntil(149);
        assertThat(verdicts).isEmpty();
        runUntil(1_000);
        assertThat(asked).containsExactly(0L, 50L, 100L);
        assertThat(verdicts).containsExactly(new Verdict.KernelSilent(PEER, 3));
    }

    @Test
    void anAnswerThatWaitedToBeReadDoesNotShowThatAKernelLives() {
        inquiries = inquiries.begin(kernel(PEER), START);
        runUntil(60);
        hear(new Sighting.Answers(PEER, THEM, OWN), false);
        runUntil(1_000);
        assertThat(verdicts).containsExactly(new Verdict.KernelSilent(PEER, 3));
    }

    @Test
    void aKernelThatCouldNotBeAskedIsNotSilent() {
        works = false;
        inquiries = inquiries.begin(kernel(PEER), START);
        runUntil(1_000);
        assertThat(verdicts).containsExactly(new Verdict.KernelSilent(PEER, 0));
    }

    @Test
    void theSameQuestionAgainBeginsAnew() {
        inquiries = inquiries.begin(kernel(PEER), START);
        runUntil(60);
        inquiries = inquiries.begin(kernel(PEER), at(60)).begin(kernel(OWN), at(60));
        runUntil(1_000);
        assertThat(asked).containsExactly(0L, 50L, 60L, 60L, 110L, 110L, 160L, 160L);
        assertThat(verdicts)
                .containsExactlyInAnyOrder(new Verdict.KernelSilent(PEER, 3), new Verdict.KernelSilent(OWN, 3));
    }

    @Test
    void probesLeaveNoTraceInTheEntriesOfOthers() {
        assertThat(Inquiry.firstUse(VIP4, OURS).frame(US, Optional.of(OWN)))
                .isEqualTo(new Frame.Arp(
                        new EthernetHeader(Mac.BROADCAST, US, EthernetHeader.ARP),
                        new ArpPacket(ArpPacket.Operation.REQUEST, US, Ip.parse("0.0.0.0"), Mac.of(0), VIP4)));
        Ip group = Ip.parse("ff02::1:ff00:200");
        assertThat(Inquiry.firstUse(VIP6, OURS).frame(US, Optional.empty()))
                .isEqualTo(new Frame.Solicitation(
                        new EthernetHeader(Mac.parse("33:33:ff:00:02:00"), US, EthernetHeader.IPV6),
                        new NeighborSolicitation(Ip.parse("::"), group, VIP6, Optional.empty(), Optional.of(OURS))));
    }

    @Test
    void kernelsAreAskedInTheNameOfTheInterface() {
        assertThat(kernel(PEER).frame(US, Optional.of(OWN)))
                .isEqualTo(new Frame.Arp(
                        new EthernetHeader(Mac.BROADCAST, US, EthernetHeader.ARP),
                        new ArpPacket(ArpPacket.Operation.REQUEST, US, OWN, Mac.of(0), PEER)));
        Ip own = Ip.parse("fe80::a");
        assertThat(kernel(Ip.parse("fd09::12")).frame(US, Optional.of(own)))
                .isEqualTo(new Frame.Solicitation(
                        new EthernetHeader(Mac.parse("33:33:ff:00:00:12"), US, EthernetHeader.IPV6),
                        new NeighborSolicitation(
                                own, Ip.parse("ff02::1:ff00:12"), Ip.parse("fd09::12"), Optional.of(US))));
    }

    private static Inquiry kernel(Ip target) {
        return new Inquiry(target, Purpose.KERNEL, 3, 50 * MILLI, 50 * MILLI, new Nonce(0));
    }

    private static long at(long millis) {
        return START + millis * MILLI;
    }

    private void hear(Sighting seen, boolean fresh) {
        take(inquiries.heard(seen, fresh));
    }

    private void turn(long millis) {
        take(inquiries.turn(at(millis), inquiry -> {
            asked.add(millis);
            return works;
        }));
    }

    private void take(Inquiries.Outcome outcome) {
        inquiries = outcome.next();
        verdicts.addAll(outcome.verdicts());
    }

    /** Turns whenever it is asked for. */
    private void runUntil(long millis) {
        OptionalLong wait = inquiries.wakeAfter(START);
        long now = 0;
        while (wait.isPresent() && now + wait.getAsLong() / MILLI <= millis) {
            now += wait.getAsLong() / MILLI;
            turn(now);
            wait = inquiries.wakeAfter(at(now));
        }
    }
}
