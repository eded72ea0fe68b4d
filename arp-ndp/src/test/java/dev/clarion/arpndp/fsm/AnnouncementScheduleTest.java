package dev.clarion.arpndp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.arpndp.fsm.Announcement.Form;
import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborAdvertisement;
import dev.clarion.arpndp.wire.NeighborSolicitation;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When what is announced, on a clock that the test turns itself. */
class AnnouncementScheduleTest {

    private static final long MILLI = 1_000_000L;
    /** Near the end of what nanoTime can be, so that it wraps around within each test. */
    private static final long START = Long.MAX_VALUE - 1_000 * MILLI;

    private static final Ip VIP4 = Ip.parse("10.9.0.200");
    private static final Ip VIP6 = Ip.parse("fd09::200");
    private static final Mac US = Mac.parse("02:00:00:00:00:0a");

    private static final Rules RULES = new Rules(1_000, 256, 0, 7);
    private static final Ip ROUTER4 = Ip.parse("10.9.0.1");
    private static final Ip ROUTER6 = Ip.parse("fe80::1");
    private static final Mac ROUTER = Mac.parse("02:00:00:00:00:01");
    private static final Ip CLIENT4 = Ip.parse("10.9.0.100");
    private static final Mac CLIENT = Mac.parse("02:00:00:00:00:0c");

    private Neighbourhood neighbourhood = Neighbourhood.EMPTY;
    private AnnouncementSchedule schedule = AnnouncementSchedule.start(RULES, START);
    private final List<Sent> sent = new ArrayList<>();

    private record Sent(long millis, Announcement announcement) {}

    @Test
    void anIpv4AddressIsAnnouncedSixTimesInBothForms() {
        on(new Event.Claimed(Set.of(VIP4), START));
        runUntil(10_000);
        assertThat(sent)
                .extracting(Sent::millis)
                .containsExactly(0L, 0L, 100L, 100L, 300L, 300L, 1_100L, 1_100L, 2_200L, 2_200L, 5_000L, 5_000L);
        assertThat(isIn(sent.get(0), Form.ARP_REQUEST)).isTrue();
        assertThat(isIn(sent.get(1), Form.ARP_REPLY)).isTrue();
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void anIpv6AddressIsAdvertisedThreeTimes() {
        on(new Event.Claimed(Set.of(VIP6), START));
        runUntil(10_000);
        assertThat(sent).extracting(Sent::millis).containsExactly(0L, 1_000L, 2_000L);
        assertThat(sent)
                .allMatch(each -> each.announcement().equals(new Announcement.Gratuitous(VIP6, Form.ADVERTISEMENT)));
    }

    @Test
    void claimingTheSameAgainAnnouncesNothing() {
        on(new Event.Claimed(Set.of(VIP4, VIP6), START));
        runUntil(10_000);
        sent.clear();
        on(new Event.Claimed(Set.of(VIP4, VIP6), at(10_000)));
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void aReleasedAddressIsNotAnnouncedAnyMore() {
        on(new Event.Claimed(Set.of(VIP4, VIP6), START));
        runUntil(50);
        on(new Event.Released(Set.of(VIP4)));
        sent.clear();
        runUntil(10_000);
        assertThat(sent)
                .hasSize(2)
                .allMatch(each -> each.announcement().address().equals(VIP6));
    }

    @Test
    void anAddressThatIsReleasedAndClaimedAgainIsAnnouncedAnew() {
        on(new Event.Claimed(Set.of(VIP6), START));
        runUntil(10_000);
        on(new Event.Released(Set.of(VIP6)));
        on(new Event.Claimed(Set.of(VIP6), at(10_000)));
        runUntil(20_000);
        assertThat(sent).extracting(Sent::millis).containsExactly(0L, 1_000L, 2_000L, 10_000L, 11_000L, 12_000L);
    }

    @Test
    void whenTheLinkComesBackEverythingOwnedIsAnnouncedAnew() {
        on(new Event.Claimed(Set.of(VIP6), START));
        runUntil(500);
        on(new Event.LinkChanged(at(500)));
        runUntil(10_000);
        assertThat(sent).extracting(Sent::millis).containsExactly(0L, 500L, 1_500L, 2_500L);
    }

    @Test
    void manyAddressesAreAnnouncedAtTheRateLimitAndEachOneOnceBeforeAnyTwice() {
        Set<Ip> many = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            many.add(VIP4.plus(BigInteger.valueOf(i)));
        }
        on(new Event.Claimed(many, START));
        runUntil(30_000);
        assertThat(sent).hasSize(500 * 2 * 6);
        assertThat(sent.subList(0, 500)).allMatch(each -> isIn(each, Form.ARP_REQUEST));
        assertThat(sent.subList(0, 1_000)).extracting(Sent::announcement).doesNotHaveDuplicates();
        assertAtMostPerSecond(1_000);
        assertThat(sent.get(999).millis()).isLessThan(1_100);
    }

    @Test
    void aNewClaimGoesBeforeTheRepetitionsOfOthers() {
        Set<Ip> many = new HashSet<>();
        for (int i = 1; i <= 500; i++) {
            many.add(VIP4.plus(BigInteger.valueOf(i)));
        }
        on(new Event.Claimed(many, START));
        runUntil(1_500);
        on(new Event.Claimed(Set.of(VIP6), at(1_500)));
        runUntil(1_520);
        assertThat(sent).anyMatch(each -> each.announcement().address().equals(VIP6));
    }

    @Test
    void aGatewayIsToldAfterEverybodyAndBeforeAnyRepetitionUntilItAnswers() {
        neighbourhood = address -> List.of(gateway());
        on(new Event.Claimed(Set.of(VIP4), START));
        runUntil(150);
        assertThat(sent)
                .extracting(each -> each.announcement().order())
                .containsExactly(order(Form.ARP_REQUEST), 2, order(Form.ARP_REPLY), 0, order(Form.ARP_REPLY));
        runUntil(10_000);
        assertThat(sent)
                .filteredOn(each -> each.announcement() instanceof Announcement.Directed)
                .extracting(Sent::millis)
                .containsExactly(0L, 200L, 1_100L);
    }

    @Test
    void aNeighbourThatAnsweredIsToldNoMore() {
        neighbourhood = address -> List.of(gateway(), asker());
        on(new Event.Claimed(Set.of(VIP4), START));
        runUntil(50);
        on(new Event.Acknowledged(VIP4, ROUTER4));
        runUntil(10_000);
        assertThat(told(ROUTER4)).containsExactly(0L);
        assertThat(told(CLIENT4)).containsExactly(0L, 200L, 1_100L);
    }

    @Test
    void theFirstAttemptIsUnicastWhereTheAddressIsKnownAndTheOthersSeekIt() {
        neighbourhood = address -> List.of(gateway());
        on(new Event.Claimed(Set.of(VIP4), START));
        runUntil(10_000);
        assertThat(sent)
                .filteredOn(each -> each.announcement() instanceof Announcement.Directed)
                .extracting(each -> each.announcement().frame(US).ethernet().destination())
                .containsExactly(ROUTER, Mac.BROADCAST, Mac.BROADCAST);
    }

    @Test
    void aDirectedRequestAsksTheNeighbourForItselfInTheNameOfTheAddress() {
        assertThat(new Announcement.Directed(VIP4, gateway()).frame(US))
                .isEqualTo(new Frame.Arp(
                        new EthernetHeader(ROUTER, US, EthernetHeader.ARP),
                        new ArpPacket(ArpPacket.Operation.REQUEST, US, VIP4, Mac.of(0), ROUTER4)));
        Neighbour router = new Neighbour(ROUTER6, Optional.empty(), Neighbour.Role.GATEWAY);
        assertThat(new Announcement.Directed(VIP6, router).frame(US))
                .isEqualTo(new Frame.Solicitation(
                        new EthernetHeader(Mac.parse("33:33:ff:00:00:01"), US, EthernetHeader.IPV6),
                        new NeighborSolicitation(VIP6, Ip.parse("ff02::1:ff00:1"), ROUTER6, Optional.of(US))));
    }

    @Test
    void neighboursOfTheOtherFamilyAreNotTold() {
        neighbourhood = address -> List.of(gateway());
        on(new Event.Claimed(Set.of(VIP6), START));
        runUntil(10_000);
        assertThat(sent).hasSize(3);
    }

    @Test
    void withManyAddressesTheGatewayHearsOfEachBeforeThoseWhoMerelyAsked() {
        neighbourhood = address -> List.of(asker(), gateway());
        Set<Ip> many = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            many.add(VIP4.plus(BigInteger.valueOf(i)));
        }
        on(new Event.Claimed(many, START));
        runUntil(30_000);
        assertThat(sent.subList(0, 300)).allMatch(each -> isIn(each, Form.ARP_REQUEST));
        assertThat(sent.subList(300, 600)).allMatch(each -> isTo(each, ROUTER4));
        assertThat(sent.subList(600, 856)).allMatch(each -> isTo(each, CLIENT4));
        // No more than the budget of those who merely asked.
        assertThat(sent.subList(856, 1_156)).allMatch(each -> isIn(each, Form.ARP_REPLY));
        assertAtMostPerSecond(1_000);
    }

    @Test
    void someoneWhoIsSeenToUseAnOldEntryIsToldByName() {
        on(new Event.Claimed(Set.of(VIP4), START));
        runUntil(10_000);
        on(new Event.Direct(VIP4, List.of(asker()), at(10_000)));
        on(new Event.Direct(Ip.parse("10.9.0.201"), List.of(asker()), at(10_000)));
        runUntil(20_000, 10_000);
        assertThat(told(CLIENT4)).containsExactly(10_000L, 10_200L, 11_100L);
    }

    @Test
    void aGatewayThatAppearsLaterIsToldOfWhatIsOwned() {
        on(new Event.Claimed(Set.of(VIP4), START));
        runUntil(10_000);
        neighbourhood = address -> List.of(gateway());
        on(new Event.NeighboursChanged());
        runUntil(20_000, 10_000);
        assertThat(told(ROUTER4)).containsExactly(10_000L, 10_200L, 11_100L);
    }

    @Test
    void aReleasedAddressIsToldToNobody() {
        neighbourhood = address -> List.of(gateway());
        on(new Event.Claimed(Set.of(VIP4), START));
        runUntil(50);
        on(new Event.Released(Set.of(VIP4)));
        assertThat(schedule.isIdle()).isTrue();
        assertThat(schedule.wakeAfter(at(50))).isEmpty();
    }

    @Test
    void addressesAreAnnouncedAgainOnDemandAndOthersAreNot() {
        Ip other = VIP4.next();
        on(new Event.Claimed(Set.of(VIP4, other), START));
        runUntil(10_000);
        sent.clear();
        on(new Event.Again(Set.of(VIP4, Ip.parse("10.9.0.77")), at(10_000)));
        runUntil(20_000, 10_000);
        assertThat(sent)
                .hasSize(12)
                .allMatch(each -> each.announcement().address().equals(VIP4));
    }

    @Test
    void aConflictIsAnsweredByOneAnnouncementInTenSeconds() {
        on(new Event.Claimed(Set.of(VIP4), START));
        runUntil(10_000);
        sent.clear();
        for (long millis : new long[] {10_000, 11_000, 19_999, 20_000, 29_000}) {
            on(new Event.Defend(VIP4, at(millis)));
            runUntil(millis, millis);
        }
        on(new Event.Defend(Ip.parse("10.9.0.77"), at(40_000)));
        runUntil(50_000, 40_000);
        assertThat(sent).extracting(Sent::millis).containsExactly(10_000L, 20_000L);
        assertThat(sent).allMatch(each -> isIn(each, Form.ARP_REQUEST));
    }

    @Test
    void eachAddressIsRefreshedAfterTheIntervalGiveOrTakeAFifth() {
        schedule = AnnouncementSchedule.start(new Rules(1_000, 256, 60_000 * MILLI, 7), START);
        neighbourhood = address -> List.of(gateway());
        on(new Event.Claimed(Set.of(VIP4, VIP6), START));
        runUntil(20_000);
        assertThat(schedule.isIdle()).isTrue();
        sent.clear();
        runUntil(200_000, 20_000);
        List<Long> refreshes = sent.stream()
                .filter(each -> isIn(each, Form.ARP_REQUEST))
                .map(Sent::millis)
                .toList();
        assertThat(refreshes).hasSizeBetween(2, 4);
        assertThat(refreshes.getFirst()).isBetween(47_999L, 72_001L);
        for (int i = 1; i < refreshes.size(); i++) {
            assertThat(refreshes.get(i) - refreshes.get(i - 1)).isBetween(47_999L, 72_001L);
        }
        // The gateway did not answer, so it is told three times each.
        assertThat(told(ROUTER4)).hasSizeBetween(3 * refreshes.size() - 2, 3 * refreshes.size());
        assertThat(sent).filteredOn(each -> isIn(each, Form.ADVERTISEMENT)).hasSizeBetween(2, 4);
        assertThat(sent).noneMatch(each -> isIn(each, Form.ARP_REPLY));
    }

    @Test
    void theRefreshOfManyAddressesIsSlowAndWaitsForWhatIsNew() {
        schedule = AnnouncementSchedule.start(new Rules(1_000, 256, 1_000 * MILLI, 7), START);
        Set<Ip> many = new HashSet<>();
        for (int i = 1; i <= 400; i++) {
            many.add(VIP4.plus(BigInteger.valueOf(i)));
        }
        on(new Event.Claimed(many, START));
        runUntil(12_000);
        sent.clear();
        runUntil(18_000, 12_000);
        assertAtMostPerSecond(200);
        assertThat(sent).hasSizeGreaterThan(700);
        on(new Event.Claimed(Set.of(VIP4), at(18_000)));
        sent.clear();
        runUntil(18_020, 18_000);
        assertThat(sent.getFirst().announcement()).isEqualTo(new Announcement.Gratuitous(VIP4, Form.ARP_REQUEST));
    }

    @Test
    void nodesDoNotRefreshInStep() {
        Rules other = new Rules(1_000, 256, 60_000 * MILLI, 8);
        Rules one = new Rules(1_000, 256, 60_000 * MILLI, 7);
        assertThat(Refresh.first(VIP4, one, START).due())
                .isNotEqualTo(Refresh.first(VIP4, other, START).due());
        assertThat(Refresh.first(VIP4, one, START).due())
                .isNotEqualTo(Refresh.first(VIP4.next(), one, START).due());
    }

    private static Neighbour gateway() {
        return new Neighbour(ROUTER4, Optional.of(ROUTER), Neighbour.Role.GATEWAY);
    }

    private static Neighbour asker() {
        return new Neighbour(CLIENT4, Optional.of(CLIENT), Neighbour.Role.ASKER);
    }

    private static boolean isIn(Sent each, Form form) {
        return each.announcement() instanceof Announcement.Gratuitous gratuitous && gratuitous.form() == form;
    }

    private static int order(Form form) {
        return new Announcement.Gratuitous(VIP4, form).order();
    }

    private static boolean isTo(Sent each, Ip neighbour) {
        return each.announcement() instanceof Announcement.Directed directed
                && directed.to().ip().equals(neighbour);
    }

    private List<Long> told(Ip neighbour) {
        return sent.stream()
                .filter(each -> isTo(each, neighbour))
                .map(Sent::millis)
                .toList();
    }

    @Test
    void theThreeFormsAreWhatHostsLearnFrom() {
        assertThat(new Announcement.Gratuitous(VIP4, Form.ARP_REQUEST).frame(US))
                .isEqualTo(new Frame.Arp(
                        new EthernetHeader(Mac.BROADCAST, US, EthernetHeader.ARP),
                        new ArpPacket(ArpPacket.Operation.REQUEST, US, VIP4, Mac.of(0), VIP4)));
        assertThat(new Announcement.Gratuitous(VIP4, Form.ARP_REPLY).frame(US))
                .isEqualTo(new Frame.Arp(
                        new EthernetHeader(Mac.BROADCAST, US, EthernetHeader.ARP),
                        new ArpPacket(ArpPacket.Operation.REPLY, US, VIP4, US, VIP4)));
        assertThat(new Announcement.Gratuitous(VIP6, Form.ADVERTISEMENT).frame(US))
                .isEqualTo(new Frame.Advertisement(
                        new EthernetHeader(Mac.parse("33:33:00:00:00:01"), US, EthernetHeader.IPV6),
                        new NeighborAdvertisement(
                                VIP6, Ip.parse("ff02::1"), false, false, true, VIP6, Optional.of(US))));
    }

    private static long at(long millis) {
        return START + millis * MILLI;
    }

    private void on(Event event) {
        schedule = schedule.on(event).next();
    }

    private void runUntil(long millis) {
        runUntil(millis, sent.isEmpty() ? 0 : sent.getLast().millis());
    }

    /** Ticks as the shell does: at once, and then whenever the schedule asked for it. */
    private void runUntil(long millis, long from) {
        long end = at(millis);
        long now = at(from);
        OptionalLong wait = OptionalLong.of(0);
        while (wait.isPresent() && now + wait.getAsLong() - end <= 0) {
            now += wait.getAsLong();
            Step step = schedule.on(new Event.Tick(now, neighbourhood));
            schedule = step.next();
            long elapsed = (now - START) / MILLI;
            step.send().forEach(announcement -> sent.add(new Sent(elapsed, announcement)));
            wait = step.wakeAfterNanos();
            assertThat(wait.orElse(1)).isPositive();
        }
    }

    private void assertAtMostPerSecond(int limit) {
        for (int i = 0; i + limit < sent.size(); i++) {
            assertThat(sent.get(i + limit).millis() - sent.get(i).millis())
                    .as("the time from frame %d to frame %d", i, i + limit)
                    .isGreaterThanOrEqualTo(1_000);
        }
    }
}
