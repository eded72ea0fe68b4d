package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.AdjRibOut.Batch;
import dev.clarion.bgp.AdjRibOut.Path;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdjRibOutTest {
    private static final Path A = path("10.0.0.1");
    private static final Path B = path("10.0.0.2");
    private static final Prefix P1 = Prefix.parse("203.0.113.1/32");
    private static final Prefix P2 = Prefix.parse("203.0.113.2/32");

    private final AdjRibOut rib = new AdjRibOut();

    @Test
    void theSameDesiredStateSaysNothing() {
        rib.desire(Map.of(P1, A));
        assertThat(rib.next(10)).isEqualTo(new Batch.Announce(A, List.of(P1)));
        rib.desire(Map.of(P1, A));
        assertThat(rib.next(10)).isEqualTo(new Batch.Nothing());
    }

    @Test
    void withdrawalsComeFirstAndAReplacedPrefixIsOnlyAnnounced() {
        rib.desire(Map.of(P1, A, P2, A));
        rib.next(10);
        rib.desire(Map.of(P2, B));
        assertThat(rib.next(10)).isEqualTo(new Batch.Withdraw(List.of(P1)));
        assertThat(rib.next(10)).isEqualTo(new Batch.Announce(B, List.of(P2)));
        assertThat(rib.next(10)).isEqualTo(new Batch.Nothing());
        assertThat(rib.sent()).containsExactly(P2);
    }

    @Test
    void whatCameAndWentBeforeItCouldBeSentIsNeverSaid() {
        rib.desire(Map.of(P1, A));
        rib.desire(Map.of());
        assertThat(rib.next(10)).isEqualTo(new Batch.Nothing());
    }

    @Test
    void aNewSessionAndARefreshHearEverythingAgain() {
        rib.desire(Map.of(P1, A));
        rib.next(10);
        rib.resend();
        assertThat(rib.next(10)).isEqualTo(new Batch.Announce(A, List.of(P1)));
        rib.forget();
        assertThat(rib.sent()).isEmpty();
        assertThat(rib.next(10)).isEqualTo(new Batch.Announce(A, List.of(P1)));
    }

    @Test
    void aPeerThatBelievesWhatItIsToldEndsUpWithWhatIsDesired() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        Map<Prefix, Path> peer = new HashMap<>();
        for (int round = 0; round < 2_000; round++) {
            Map<Prefix, Path> desired = new HashMap<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                desired.put(Prefix.host(Ip.ofV4(random.nextInt(8))), random.nextBoolean() ? A : B);
            }
            rib.desire(desired);
            boolean complete = random.nextInt(3) > 0;
            hear(peer, complete ? Integer.MAX_VALUE : random.nextInt(3));
            assertThat(rib.sent()).as("seed " + seed).isEqualTo(peer.keySet());
            if (complete) {
                assertThat(peer).as("seed " + seed).isEqualTo(desired);
            }
        }
    }

    private void hear(Map<Prefix, Path> peer, int batches) {
        for (int i = 0; i < batches; i++) {
            switch (rib.next(2)) {
                case Batch.Nothing _ -> {
                    return;
                }
                case Batch.Withdraw(List<Prefix> prefixes) -> prefixes.forEach(peer::remove);
                case Batch.Announce(Path path, List<Prefix> prefixes) -> prefixes.forEach(p -> peer.put(p, path));
            }
        }
    }

    private static Path path(String nextHop) {
        return new Path(Ip.parse(nextHop), PathAttributes.DEFAULT);
    }
}
