package dev.clarion.arpndp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.arpndp.fsm.Announcement.Form;
import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborAdvertisement;
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

    private AnnouncementSchedule schedule = AnnouncementSchedule.start(1_000, START);
    private final List<Sent> sent = new ArrayList<>();

    private record Sent(long millis, Announcement announcement) {}

    @Test
    void anIpv4AddressIsAnnouncedSixTimesInBothForms() {
        on(new Event.Claimed(Set.of(VIP4), START));
        runUntil(10_000);
        assertThat(sent)
                .extracting(Sent::millis)
                .containsExactly(0L, 0L, 100L, 100L, 300L, 300L, 1_100L, 1_100L, 2_200L, 2_200L, 5_000L, 5_000L);
        assertThat(sent.stream().limit(2).map(each -> each.announcement().form()))
                .containsExactly(Form.ARP_REQUEST, Form.ARP_REPLY);
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void anIpv6AddressIsAdvertisedThreeTimes() {
        on(new Event.Claimed(Set.of(VIP6), START));
        runUntil(10_000);
        assertThat(sent).extracting(Sent::millis).containsExactly(0L, 1_000L, 2_000L);
        assertThat(sent).allMatch(each -> each.announcement().equals(new Announcement(VIP6, Form.ADVERTISEMENT)));
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
        assertThat(sent.subList(0, 500)).allMatch(each -> each.announcement().form() == Form.ARP_REQUEST);
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
    void theThreeFormsAreWhatHostsLearnFrom() {
        assertThat(new Announcement(VIP4, Form.ARP_REQUEST).frame(US))
                .isEqualTo(new Frame.Arp(
                        new EthernetHeader(Mac.BROADCAST, US, EthernetHeader.ARP),
                        new ArpPacket(ArpPacket.Operation.REQUEST, US, VIP4, Mac.of(0), VIP4)));
        assertThat(new Announcement(VIP4, Form.ARP_REPLY).frame(US))
                .isEqualTo(new Frame.Arp(
                        new EthernetHeader(Mac.BROADCAST, US, EthernetHeader.ARP),
                        new ArpPacket(ArpPacket.Operation.REPLY, US, VIP4, US, VIP4)));
        assertThat(new Announcement(VIP6, Form.ADVERTISEMENT).frame(US))
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

    /** Ticks as the shell does: now, and then whenever the schedule asked for it. */
    private void runUntil(long millis) {
        long end = at(millis);
        long now = sent.isEmpty() ? START : at(sent.getLast().millis());
        OptionalLong wait = OptionalLong.of(0);
        while (wait.isPresent() && now + wait.getAsLong() - end <= 0) {
            now += wait.getAsLong();
            Step step = schedule.on(new Event.Tick(now));
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
