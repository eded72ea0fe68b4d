package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.wire.Communities;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Routes on their way to a connection that the test plays, turn by turn of the loop. */
class RouteSenderTest {
    private static final Prefix P4 = Prefix.parse("203.0.113.1/32");
    private static final Prefix P6 = Prefix.parse("2001:db8:113::1/128");
    private static final PeerConfig CONFIG = new PeerConfig(
            "router",
            Ip.parse("172.30.0.1"),
            179,
            64_513,
            64_512,
            Ip.parse("172.30.0.11"),
            Duration.ofSeconds(90),
            Optional.empty());

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<Message> wire = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();
    private final Counters counters = new Counters();
    private boolean writable = true;

    private final BgpListener listener = new BgpListener() {
        @Override
        public void stateChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail) {
            throw new AssertionError("routes change no session");
        }

        @Override
        public void routesSent(String peer, int announced, int withdrawn) {
            told.add(announced - withdrawn);
        }
    };
    private final RouteSender sender = new RouteSender("router", turns::add, counters, listener, new Exports());
    private final RouteSender.Outlet outlet = new RouteSender.Outlet() {
        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void send(Message message) {
            wire.add(message);
        }
    };

    @Test
    void othersHaveATurnAfterAFewHundredPrefixes() {
        sender.desire(new PeerIntent(CONFIG, hosts(10_000)));
        sender.up(facts(Set.of(IpFamily.IPV4), false, false), outlet);
        assertThat(announced()).isBetween(500, 1_000);
        int rounds = 0;
        for (; !turns.isEmpty(); rounds++) {
            int before = announced();
            turns.remove().run();
            assertThat(announced() - before).isLessThanOrEqualTo(1_000);
        }
        assertThat(announced()).isEqualTo(10_000);
        assertThat(rounds).isGreaterThanOrEqualTo(10);
        assertThat(sender.sent()).hasSize(10_000);
        assertThat(told).allMatch(count -> count <= 1_000);
        assertThat(counters.snapshot().prefixesAnnounced()).isEqualTo(10_000);
    }

    @Test
    void nothingIsSentToAPeerThatTakesNothingAndThenWhatIsWantedByThen() {
        sender.desire(new PeerIntent(CONFIG, hosts(10_000)));
        writable = false;
        sender.up(facts(Set.of(IpFamily.IPV4), false, false), outlet);
        assertThat(wire).isEmpty();
        for (int i = 0; i < 50; i++) {
            sender.desire(new PeerIntent(CONFIG, hosts(i)));
        }
        assertThat(turns).isEmpty();
        writable = true;
        sender.flush();
        run();
        assertThat(wire).hasSize(1);
        assertThat(announced()).isEqualTo(49);
    }

    @Test
    void theSameIntentSendsNothing() {
        sender.up(facts(Set.of(IpFamily.IPV4), false, false), outlet);
        sender.desire(new PeerIntent(CONFIG, hosts(10)));
        run();
        wire.clear();
        for (int i = 0; i < 100; i++) {
            sender.desire(new PeerIntent(CONFIG, hosts(10)));
        }
        run();
        assertThat(wire).isEmpty();
    }

    @Test
    void whatCannotBeSentIsKnownWithItsReasonWhileASessionIsUp() {
        sender.desire(new PeerIntent(CONFIG, Set.of(Route.of(P4), Route.of(P6))));
        assertThat(sender.unsendable()).isEmpty();
        sender.up(facts(Set.of(IpFamily.values()), false, false), outlet);
        assertThat(sender.unsendable()).isEqualTo(Map.of(P6, Unsendable.NO_NEXT_HOP));
        assertThat(sender.sent()).containsExactly(P4);
        NextHops chosen = new NextHops(Optional.empty(), Optional.of(Ip.parse("2001:db8::11")));
        sender.desire(new PeerIntent(CONFIG, Set.of(Route.of(P4), Route.of(P6)), chosen, false));
        run();
        assertThat(sender.unsendable()).isEmpty();
        assertThat(sender.sent()).containsExactlyInAnyOrder(P4, P6);
        assertThat(wire).hasSize(2);
        sender.down();
        assertThat(sender.sent()).isEmpty();
    }

    @Test
    void whoIsLeavingSaysItsRoutesAgainWithTheMarkAndThenWithdrawsThemAll() {
        sender.up(facts(Set.of(IpFamily.IPV4), false, false), outlet);
        sender.desire(new PeerIntent(CONFIG, hosts(1_000)));
        run();
        wire.clear();
        sender.desire(new PeerIntent(CONFIG, hosts(1_000), NextHops.NONE, true));
        run();
        assertThat(announced()).isEqualTo(1_000);
        assertThat(wire).allSatisfy(message -> {
            assertThat(((Update) message).withdrawn()).isEmpty();
            assertThat(((Update) message).attributes()).contains(new Communities(List.of(0xffff_0000L)));
        });
        wire.clear();
        writable = false;
        sender.withdrawAll();
        assertThat(wire.stream()
                        .mapToInt(message -> ((Update) message).withdrawn().size())
                        .sum())
                .isEqualTo(1_000);
        assertThat(sender.sent()).isEmpty();
    }

    @Test
    void marksAreTheMessagesThatTheyShouldBe() {
        sender.up(facts(Set.of(IpFamily.values()), true, true), outlet);
        run();
        assertThat(wire).isEmpty();
        sender.complete();
        run();
        assertThat(wire).containsExactly(Update.endOfRib(Family.IPV4_UNICAST), Update.endOfRib(Family.IPV6_UNICAST));
        wire.clear();
        sender.refresh(Family.IPV6_UNICAST);
        run();
        assertThat(wire)
                .containsExactly(
                        new RouteRefresh(Family.IPV6_UNICAST, RouteRefresh.BEGIN),
                        new RouteRefresh(Family.IPV6_UNICAST, RouteRefresh.END));
    }

    private void run() {
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
    }

    private int announced() {
        return wire.stream()
                .mapToInt(message -> ((Update) message).announced().size())
                .sum();
    }

    private static Set<Route> hosts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Route.of(Prefix.host(Ip.ofV4(0x0a00_0000 + i))))
                .collect(Collectors.toSet());
    }

    private static SessionFacts facts(Set<IpFamily> families, boolean endOfRib, boolean enhancedRefresh) {
        return new SessionFacts(
                families,
                new WireContext(true, true, false, enhancedRefresh),
                64_513,
                false,
                Ip.parse("172.30.0.11"),
                Ip.parse("172.30.0.1"),
                Segment.UNKNOWN,
                false,
                endOfRib);
    }
}
