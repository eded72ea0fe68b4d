package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.StopMode;
import dev.clarion.bgp.bfd.BfdEngine;
import dev.clarion.bgp.bfd.BfdException;
import dev.clarion.bgp.bfd.BfdListener;
import dev.clarion.bgp.bfd.BfdOptions;
import dev.clarion.bgp.bfd.BfdProfile;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.linux.LinuxException;
import dev.clarion.net.Ip;
import dev.clarion.telemetry.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the kernel refused is asked for again, as the loop's clock goes. */
class KernelRefusalTest {
    private static final Ip ROUTER = Ip.parse("fe80::1");
    private static final Ip ROUTER_ID = Ip.parse("192.0.2.11");

    private final List<Long> asked = new ArrayList<>();
    private long second;
    private long letsFrom;

    /** Beyond its greatest value in the middle of a test, as the machine's may be. */
    private long clock() {
        return Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(7) + TimeUnit.SECONDS.toNanos(second);
    }

    private boolean refuses() {
        asked.add(second);
        return second < letsFrom;
    }

    private static final class Found implements LinkRouters.Search {
        private final List<Set<String>> watched = new ArrayList<>();
        private boolean closed;

        @Override
        public void watch(Set<String> interfaceNames) {
            watched.add(interfaceNames);
        }

        @Override
        public Set<Ip> routers(int index) {
            return Set.of(ROUTER);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private LinkRouters routers(Found found) {
        return new LinkRouters(
                List::of,
                _ -> {
                    if (refuses()) {
                        throw new LinuxException("cannot hear routers", 1, "");
                    }
                    return found;
                },
                this::clock);
    }

    @Test
    void routersAreLookedForAsSoonAsTheKernelLetsIt() {
        letsFrom = 12;
        Found found = new Found();
        try (LinkRouters routers = routers(found)) {
            for (; second < 60; second++) {
                routers.watch(List.of(unnumbered()));
                assertThat(routers.problem().isPresent()).as("at %d s", second).isEqualTo(second < 15);
                assertThat(routers.routers(1)).isEqualTo(second < 15 ? Set.of() : Set.of(ROUTER));
            }
        }
        assertThat(asked).containsExactly(0L, 5L, 15L);
        assertThat(found.watched).containsExactly(Set.of("nowhere0"));
        assertThat(found.closed).isTrue();
    }

    @Test
    void noRouterIsMissedWhereNoPeerIsGivenByAnInterface() {
        letsFrom = Long.MAX_VALUE;
        try (LinkRouters routers = routers(new Found())) {
            routers.watch(List.of(unnumbered()));
            assertThat(routers.problem())
                    .hasValueSatisfying(why -> assertThat(why).contains("cannot hear routers"));
            routers.watch(List.of());
            assertThat(routers.problem()).isEmpty();
            second = 1;
            routers.watch(List.of(unnumbered()));
            assertThat(routers.problem()).isPresent();
        }
        assertThat(asked).containsExactly(0L, 1L);
    }

    @Test
    void bfdBeginsAsSoonAsTheKernelLetsIt() {
        letsFrom = 12;
        BgpSpeaker bgp = new BgpSpeaker(BgpListener.NONE);
        try (BfdSide bfd = bfd(bgp)) {
            for (; second < 60; second++) {
                bfd.watch(List.of(watched()), Map.of("p", BfdProfile.of(300, 3)), List.of());
                assertThat(engineMissing(bfd)).as("at %d s", second).isEqualTo(second < 15);
                assertThat(bfd.status().isPresent()).isEqualTo(second >= 15);
            }
            assertThat(bfd.status())
                    .hasValueSatisfying(status -> assertThat(status.sessions()).hasSize(1));
        } finally {
            bgp.stop(StopMode.RESTART);
        }
        assertThat(asked).containsExactly(0L, 5L, 15L);
    }

    @Test
    void bfdIsNotMissedWhereNoPeerWantsIt() {
        letsFrom = Long.MAX_VALUE;
        BgpSpeaker bgp = new BgpSpeaker(BgpListener.NONE);
        try (BfdSide bfd = bfd(bgp)) {
            Map<String, BfdProfile> profiles = Map.of("p", BfdProfile.of(300, 3));
            bfd.watch(List.of(watched()), profiles, List.of());
            assertThat(engineMissing(bfd)).isTrue();
            bfd.watch(List.of(), profiles, List.of());
            assertThat(bfd.problems()).isEmpty();
            second = 1;
            bfd.watch(List.of(watched()), profiles, List.of());
            assertThat(engineMissing(bfd)).isTrue();
        } finally {
            bgp.stop(StopMode.RESTART);
        }
        assertThat(asked).containsExactly(0L, 1L);
    }

    private static PeerConfig unnumbered() {
        return PeerConfig.on("leaf", "nowhere0", 64_513, new PeerAs.External(), ROUTER_ID)
                .build();
    }

    private static PeerConfig watched() {
        return PeerConfig.at("r", ROUTER, 64_513, new PeerAs.External(), ROUTER_ID)
                .device("nowhere0")
                .bfdProfile("p")
                .build();
    }

    private BfdSide bfd(BgpSpeaker bgp) {
        return new BfdSide(bgp, new SpeakerMetrics(new Metrics("speaker", "test")), this::engine, this::clock);
    }

    private BfdEngine engine(BfdListener listener) {
        if (refuses()) {
            throw new BfdException("no eventfd");
        }
        return new BfdEngine(listener, BfdOptions.ORDINARY);
    }

    private static boolean engineMissing(BfdSide bfd) {
        return bfd.problems().stream().anyMatch(why -> why.contains("no eventfd"));
    }
}
