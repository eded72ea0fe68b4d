package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.AdjRibOut.Batch;
import dev.clarion.bgp.RouteMarks.Kind;
import dev.clarion.bgp.wire.Announcement;
import dev.clarion.bgp.wire.AsPath;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Origin;
import dev.clarion.bgp.wire.UpdatePacker;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdjRibOutTest {
    private static final Set<IpFamily> V4 = Set.of(IpFamily.IPV4);
    private static final Set<IpFamily> BOTH = Set.of(IpFamily.values());
    private static final Announcement A = by("10.0.0.1");
    private static final Announcement B = by("10.0.0.2");
    private static final Announcement A6 = by("2001:db8::1");
    private static final Prefix P1 = Prefix.parse("203.0.113.1/32");
    private static final Prefix P2 = Prefix.parse("203.0.113.2/32");
    private static final Prefix P6 = Prefix.parse("2001:db8:113::1/128");

    private static final Batch SILENCE = new Batch.Nothing();
    private static final Batch BEGIN = new Batch.Mark(Kind.REFRESH_BEGINS, Family.IPV4_UNICAST);
    private static final Batch END = new Batch.Mark(Kind.REFRESH_ENDS, Family.IPV4_UNICAST);
    private static final Batch END_OF_RIB = new Batch.Mark(Kind.END_OF_RIB, Family.IPV4_UNICAST);
    private static final Batch END_OF_RIB6 = new Batch.Mark(Kind.END_OF_RIB, Family.IPV6_UNICAST);

    private final UpdatePacker packer = new UpdatePacker(new WireContext(true, true));
    private final AdjRibOut rib = new AdjRibOut();

    @Test
    void theSameDesiredStateSaysNothing() {
        rib.begin(V4, false, false);
        rib.desire(Map.of(P1, A));
        assertThat(all()).containsExactly(announce(A, P1));
        rib.desire(Map.of(P1, by("10.0.0.1")));
        assertThat(all()).isEmpty();
    }

    @Test
    void withdrawalsComeFirstAndAReplacedPrefixIsOnlyAnnounced() {
        rib.begin(BOTH, false, false);
        rib.desire(Map.of(P1, A, P2, A, P6, A6));
        all();
        rib.desire(Map.of(P2, B));
        assertThat(rib.next(packer)).isEqualTo(new Batch.Withdraw(Family.IPV4_UNICAST, List.of(P1)));
        assertThat(rib.sent()).containsExactlyInAnyOrder(P2, P6);
        assertThat(rib.next(packer)).isEqualTo(new Batch.Withdraw(Family.IPV6_UNICAST, List.of(P6)));
        assertThat(rib.next(packer)).isEqualTo(announce(B, P2));
        assertThat(rib.next(packer)).isEqualTo(SILENCE);
        assertThat(rib.sent()).containsExactly(P2);
    }

    @Test
    void whatCameAndWentBeforeItCouldBeSentIsNeverSaid() {
        rib.begin(V4, false, false);
        rib.desire(Map.of(P1, A));
        rib.desire(Map.of());
        assertThat(all()).isEmpty();
    }

    @Test
    void aNewSessionHearsEverythingAgain() {
        rib.begin(V4, false, false);
        rib.desire(Map.of(P1, A));
        all();
        rib.end();
        assertThat(rib.sent()).isEmpty();
        assertThat(all()).isEmpty();
        rib.begin(V4, false, false);
        rib.desire(Map.of(P1, A));
        assertThat(all()).containsExactly(announce(A, P1));
    }

    @Test
    void aMessageIsFilledBeforeTheNextOneBegins() {
        rib.begin(V4, false, false);
        rib.desire(hosts(10_000, A));
        List<Batch> batches = all();
        assertThat(batches).hasSizeLessThanOrEqualTo(10_000 / 800 + 1);
        assertThat(batches)
                .flatExtracting(batch -> ((Batch.Announce) batch).prefixes())
                .hasSize(10_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void theEndOfTheRibIsToldPerFamilyWhenTheViewIsCompleteAndOnce() {
        rib.begin(BOTH, true, true);
        rib.desire(Map.of(P1, A));
        assertThat(all()).containsExactly(announce(A, P1));
        rib.complete();
        assertThat(all()).containsExactly(END_OF_RIB, END_OF_RIB6);
        rib.desire(Map.of(P2, A));
        assertThat(all()).hasSize(2);
        rib.begin(V4, true, true);
        rib.desire(Map.of(P2, A));
        assertThat(all()).containsExactly(announce(A, P2), END_OF_RIB);
    }

    @Test
    void whoDoesNotKnowEndOfRibIsNotTold() {
        rib.complete();
        rib.begin(BOTH, false, false);
        rib.desire(Map.of(P1, A));
        assertThat(all()).containsExactly(announce(A, P1));
    }

    @Test
    void aPlainRefreshBringsTheRoutesOfItsFamilyAgain() {
        rib.begin(BOTH, false, false);
        rib.desire(Map.of(P1, A, P6, A6));
        all();
        rib.refresh(Family.IPV4_UNICAST);
        assertThat(all()).containsExactly(announce(A, P1));
        assertThat(rib.sent()).containsExactlyInAnyOrder(P1, P6);
    }

    @Test
    void anEnhancedRefreshIsMarked() {
        rib.begin(BOTH, false, true);
        rib.desire(Map.of(P1, A, P6, A6));
        all();
        rib.refresh(Family.IPV4_UNICAST);
        assertThat(all()).containsExactly(BEGIN, announce(A, P1), END);
    }

    @Test
    void aRefreshOfNothingIsMarkedToo() {
        rib.begin(V4, false, true);
        all();
        rib.refresh(Family.IPV4_UNICAST);
        assertThat(all()).containsExactly(BEGIN, END);
    }

    @Test
    void aRefreshOfAFamilyThatIsNotExchangedIsIgnored() {
        rib.begin(V4, false, true);
        all();
        rib.refresh(Family.IPV6_UNICAST);
        rib.refresh(new Family(25, 70));
        assertThat(all()).isEmpty();
    }

    @Test
    void nothingIsMarkedBeforeTheEndOfTheRib() {
        rib.begin(V4, true, true);
        rib.desire(Map.of(P1, A));
        all();
        rib.refresh(Family.IPV4_UNICAST);
        assertThat(all()).containsExactly(announce(A, P1));
        rib.complete();
        assertThat(all()).containsExactly(END_OF_RIB);
        rib.refresh(Family.IPV4_UNICAST);
        assertThat(all()).containsExactly(BEGIN, announce(A, P1), END);
    }

    @Test
    void refreshesAskedForDuringARefreshAreOneMoreAfterIt() {
        for (boolean enhanced : new boolean[] {true, false}) {
            Map<Prefix, Announcement> many = hosts(3_000, A);
            rib.begin(V4, false, enhanced);
            rib.desire(many);
            int messages = all().size();
            int marks = enhanced ? 2 : 0;
            rib.refresh(Family.IPV4_UNICAST);
            rib.refresh(Family.IPV4_UNICAST);
            assertThat(all()).hasSize(messages + marks);
            rib.refresh(Family.IPV4_UNICAST);
            rib.next(packer);
            for (int i = 0; i < 5; i++) {
                rib.refresh(Family.IPV4_UNICAST);
            }
            assertThat(all()).hasSize(2 * (messages + marks) - 1);
        }
    }

    @Test
    void whatChangesDuringARefreshIsSaidOnce() {
        Map<Prefix, Announcement> many = new HashMap<>(hosts(3_000, A));
        rib.begin(V4, false, true);
        rib.desire(Map.copyOf(many));
        all();
        rib.refresh(Family.IPV4_UNICAST);
        assertThat(rib.next(packer)).isEqualTo(BEGIN);
        Set<Prefix> before = new HashSet<>(((Batch.Announce) rib.next(packer)).prefixes());
        List<Prefix> waiting = many.keySet().stream()
                .filter(prefix -> !before.contains(prefix))
                .toList();
        many.remove(waiting.get(0));
        many.put(waiting.get(1), B);
        rib.desire(Map.copyOf(many));
        assertThat(rib.next(packer)).isEqualTo(new Batch.Withdraw(Family.IPV4_UNICAST, List.of(waiting.get(0))));
        List<Batch> rest = all();
        assertThat(rest).contains(announce(B, waiting.get(1))).endsWith(END);
        assertThat(rest.stream()
                        .filter(Batch.Announce.class::isInstance)
                        .flatMap(batch -> ((Batch.Announce) batch).prefixes().stream()))
                .doesNotHaveDuplicates()
                .hasSize(waiting.size() - 1);
    }

    @Test
    void onceAllIsSaidNothingIsKeptBesideTheDesiredMap() {
        Map<Prefix, Announcement> shared = hosts(100, A);
        rib.begin(V4, false, false);
        rib.desire(shared);
        assertThat(rib.sent()).isEmpty();
        all();
        // The map itself, not a copy: Map.copyOf keeps one set of keys for itself.
        assertThat(rib.sent()).isEqualTo(shared.keySet());
        rib.desire(hosts(100, B));
        rib.next(packer);
        assertThat(rib.sent()).isEqualTo(shared.keySet());
    }

    @Test
    void aPeerThatBelievesWhatItIsToldEndsUpWithWhatIsDesired() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        Map<Prefix, Announcement> peer = new HashMap<>();
        rib.begin(V4, true, true);
        rib.complete();
        for (int round = 0; round < 2_000; round++) {
            Map<Prefix, Announcement> desired = new HashMap<>();
            for (int i = random.nextInt(2_000); i > 0; i--) {
                desired.put(Prefix.host(Ip.ofV4(random.nextInt(2_000))), random.nextBoolean() ? A : B);
            }
            rib.desire(Map.copyOf(desired));
            if (random.nextInt(20) == 0) {
                rib.begin(V4, true, true);
                rib.desire(Map.copyOf(desired));
                peer.clear();
            }
            if (random.nextInt(4) == 0) {
                rib.refresh(Family.IPV4_UNICAST);
            }
            boolean complete = random.nextInt(3) > 0;
            hear(peer, complete ? Integer.MAX_VALUE : random.nextInt(3));
            assertThat(rib.sent()).as("seed " + seed).isEqualTo(peer.keySet());
            if (complete) {
                assertThat(peer).as("seed " + seed).isEqualTo(desired);
            }
        }
    }

    /** A peer that sweeps what a marked refresh did not bring, as RFC 7313 section 4 has it. */
    private void hear(Map<Prefix, Announcement> peer, int batches) {
        Set<Prefix> stale = new HashSet<>();
        for (int i = 0; i < batches; i++) {
            switch (rib.next(packer)) {
                case Batch.Nothing _ -> {
                    return;
                }
                case Batch.Withdraw(var _, List<Prefix> prefixes) -> {
                    assertThat(peer.keySet()).containsAll(prefixes);
                    peer.keySet().removeAll(prefixes);
                }
                case Batch.Announce(Announcement announcement, List<Prefix> prefixes) -> {
                    prefixes.forEach(prefix -> peer.put(prefix, announcement));
                    prefixes.forEach(stale::remove);
                }
                case Batch.Mark(Kind kind, var _) -> {
                    if (kind == Kind.REFRESH_BEGINS) {
                        stale.addAll(peer.keySet());
                    } else if (kind == Kind.REFRESH_ENDS && batches == Integer.MAX_VALUE && !stale.isEmpty()) {
                        peer.keySet().removeAll(stale);
                    }
                }
            }
        }
    }

    private List<Batch> all() {
        List<Batch> batches = new ArrayList<>();
        for (Batch batch = rib.next(packer); !batch.equals(SILENCE); batch = rib.next(packer)) {
            batches.add(batch);
        }
        return batches;
    }

    private static Batch announce(Announcement announcement, Prefix... prefixes) {
        return new Batch.Announce(announcement, List.of(prefixes));
    }

    private static Map<Prefix, Announcement> hosts(int count, Announcement announcement) {
        return IntStream.range(0, count)
                .mapToObj(i -> Prefix.host(Ip.ofV4(0x0a00_0000 + i)))
                .collect(Collectors.toUnmodifiableMap(prefix -> prefix, prefix -> announcement));
    }

    private static Announcement by(String nextHop) {
        Ip hop = Ip.parse(nextHop);
        return new Announcement(
                Family.unicast(hop.family()), hop, Optional.empty(), List.of(Origin.IGP, AsPath.of(64_513)));
    }
}
