package dev.clarion.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.MessageType;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The whole table of states and events (RFC 4271 section 8.2.2). A cell says which state follows and why; a dot, that
 * nothing happens that shows. Idle is shown twice: before the start, and while a failure is waited out.
 */
class FsmTableTest {
    private static final String DIALLED = """
        event                    | idle, stopped | idle, waiting   | connect                   | active            | open_sent                 | open_confirm              | established
        start                    | connect started | .             | .                         | .                 | .                         | .                         | .
        connected                | .             | .               | open_sent connected       | .                 | .                         | .                         | .
        connect failed           | .             | .               | active connect_failed     | .                 | .                         | .                         | .
        connection lost          | .             | .               | .                         | .                 | active connection_lost    | idle connection_lost      | idle connection_lost
        superseded               | .             | .               | .                         | .                 | idle peer_restarted       | idle peer_restarted       | idle peer_restarted
        BFD down                 | .             | .               | .                         | .                 | .                         | .                         | idle bfd_down
        malformed                | .             | .               | .                         | .                 | idle protocol_error       | idle protocol_error       | idle protocol_error
        blocked                  | .             | .               | .                         | .                 | .                         | .                         | .
        flowing                  | .             | .               | .                         | .                 | .                         | .                         | .
        retimed                  | .             | .               | .                         | .                 | .                         | .                         | .
        reset                    | .             | connect admin_reset | connect admin_reset   | connect admin_reset | idle admin_reset        | idle admin_reset          | idle admin_reset
        stop SHUTDOWN            | .             | idle shut_down  | idle shut_down            | idle shut_down    | idle shut_down            | idle shut_down            | idle shut_down
        stop DECONFIGURED        | .             | idle deconfigured | idle deconfigured       | idle deconfigured | idle deconfigured         | idle deconfigured         | idle deconfigured
        stop CONFIG_CHANGED      | .             | idle config_changed | idle config_changed   | idle config_changed | idle config_changed     | idle config_changed       | idle config_changed
        stop COLLISION           | .             | idle collision  | idle collision            | idle collision    | idle collision            | idle collision            | idle collision
        stop RESTART             | .             | idle restarting | idle restarting           | idle restarting   | idle restarting           | idle restarting           | idle restarting
        timer CONNECT_RETRY      | .             | .               | connect connect_timed_out | connect retrying  | .                         | .                         | .
        timer IDLE_HOLD          | .             | connect retrying | .                        | .                 | .                         | .                         | .
        timer HOLD               | .             | .               | .                         | .                 | idle hold_timer_expired   | idle hold_timer_expired   | idle hold_timer_expired
        timer KEEPALIVE          | .             | .               | .                         | .                 | .                         | .                         | .
        timer SEND_HOLD          | .             | .               | .                         | .                 | idle send_hold_timer_expired | idle send_hold_timer_expired | idle send_hold_timer_expired
        timer STABLE             | .             | .               | .                         | .                 | .                         | .                         | .
        timer COLLISION          | .             | .               | .                         | .                 | .                         | .                         | .
        received OPEN            | .             | .               | .                         | .                 | open_confirm open_accepted | idle unexpected_message  | idle unexpected_message
        received bad OPEN        | .             | .               | .                         | .                 | idle open_refused         | idle unexpected_message   | idle unexpected_message
        received UPDATE          | .             | .               | .                         | .                 | idle unexpected_message   | idle unexpected_message   | .
        received NOTIFICATION    | .             | .               | .                         | .                 | idle notification_received | idle notification_received | idle notification_received
        received KEEPALIVE       | .             | .               | .                         | .                 | idle unexpected_message   | established established   | .
        received ROUTE_REFRESH   | .             | .               | .                         | .                 | idle unexpected_message   | idle unexpected_message   | .
        """;

    private static final Open GOOD =
            Open.of(64_512, 30, Ip.parse("10.0.0.1"), List.of(new Capability.MultiProtocol(Family.IPV4_UNICAST)));
    private static final FsmSettings SETTINGS = new FsmSettings(
            64_513,
            new PeerAs.Exactly(64_512),
            Ip.parse("10.0.0.2"),
            PeerTimes.DEFAULT,
            List.of(Family.IPV4_UNICAST),
            false,
            new Restart.Off(),
            false);

    private static Map<String, Event> events() {
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("start", new Event.Start());
        events.put("connected", new Event.Connected());
        events.put("connect failed", new Event.ConnectFailed(BgpReason.CONNECT_FAILED, "refused"));
        events.put("connection lost", new Event.ConnectionLost("reset"));
        events.put("superseded", new Event.Superseded());
        events.put("BFD down", new Event.BfdDown("gone"));
        events.put("malformed", new Event.Malformed(Notification.of(BgpError.BAD_MESSAGE_TYPE)));
        events.put("blocked", new Event.Blocked());
        events.put("flowing", new Event.Flowing(true));
        events.put("retimed", new Event.Retimed());
        events.put("reset", new Event.Reset(""));
        Stream.of(StopCause.values()).forEach(cause -> events.put("stop " + cause, new Event.Stop(cause, "")));
        Stream.of(TimerKind.values()).forEach(kind -> events.put("timer " + kind, new Event.TimerExpired(kind)));
        for (MessageType type : MessageType.values()) {
            switch (type) {
                case OPEN -> {
                    events.put("received OPEN", new Event.Received(GOOD));
                    events.put(
                            "received bad OPEN", new Event.Received(Open.of(1, 30, Ip.parse("10.0.0.1"), List.of())));
                }
                case UPDATE -> events.put("received UPDATE", new Event.Received(Update.endOfRib(Family.IPV4_UNICAST)));
                case NOTIFICATION ->
                    events.put(
                            "received NOTIFICATION",
                            new Event.Received(Notification.of(BgpError.ADMINISTRATIVE_SHUTDOWN)));
                case KEEPALIVE -> events.put("received KEEPALIVE", new Event.Received(new Keepalive()));
                case ROUTE_REFRESH ->
                    events.put(
                            "received ROUTE_REFRESH",
                            new Event.Received(new RouteRefresh(Family.IPV4_UNICAST, RouteRefresh.REQUEST)));
            }
        }
        return events;
    }

    private static List<State> states() {
        Open ours = Offer.open(SETTINGS, Memory.FIRST_START);
        Negotiated negotiated = Negotiated.of(SETTINGS, ours, GOOD);
        return List.of(
                new State.Idle(true),
                new State.Idle(false),
                new State.Connect(0),
                new State.Active(1),
                new State.OpenSent(ours, 0),
                new State.OpenConfirm(negotiated, false),
                new State.Established(negotiated));
    }

    @Test
    void everyEventInEveryStateDoesWhatTheTableSays() {
        assertThat(table(Link.DIALLED)).isEqualTo(rows(DIALLED));
    }

    /** What is different of a connection that the peer opened: it begins with the connection, and ends with it for good. */
    @Test
    void anAcceptedConnectionDiffersOnlyInHowItBeginsAndEnds() {
        List<List<String>> dialled = table(Link.DIALLED);
        List<List<String>> accepted = table(Link.ACCEPTED);
        List<String> differences = new ArrayList<>();
        for (int row = 0; row < dialled.size(); row++) {
            for (int column = 1; column <= states().size(); column++) {
                String cell = accepted.get(row).get(column);
                if (!dialled.get(row).get(column).equals(cell)) {
                    differences.add(dialled.get(row).getFirst() + ", " + column + ": " + cell);
                }
            }
        }
        assertThat(differences)
                .containsExactly(
                        "start, 1: .", "connected, 1: open_sent connected", "connection lost, 5: idle connection_lost");
    }

    @Test
    void noKindOfEventIsMissingFromTheTable() {
        Set<Class<?>> shown = events().values().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(Event.class.getPermittedSubclasses()).allMatch(shown::contains);
        Set<Class<?>> states = states().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(State.class.getPermittedSubclasses()).allMatch(states::contains);
    }

    /** In every state that something may follow, a timer runs that gets out of it if nothing else happens. */
    @Test
    void everyStateIsEnteredWithATimerThatLeavesIt() {
        Map<FsmState, Set<TimerKind>> entered = new EnumMap<>(FsmState.class);
        for (State state : states()) {
            for (Event event : events().values()) {
                Step step = new Fsm(SETTINGS, Link.DIALLED, Memory.FIRST_START).on(state, event);
                boolean stopped = step.state() instanceof State.Idle(boolean still) && still;
                if (step.state().kind() != state.kind() && !stopped) {
                    Set<TimerKind> started = step.actions().stream()
                            .filter(Action.StartTimer.class::isInstance)
                            .map(action -> ((Action.StartTimer) action).timer())
                            .collect(Collectors.toSet());
                    assertThat(started).as(event + " in " + state).isNotEmpty();
                    entered.merge(step.state().kind(), started, (one, other) -> {
                        one.retainAll(other);
                        return one;
                    });
                }
            }
        }
        for (FsmState state : FsmState.values()) {
            assertThat(entered.get(state)).as(state.name()).contains(leaving(state));
        }
    }

    private static TimerKind leaving(FsmState state) {
        return switch (state) {
            case IDLE -> TimerKind.IDLE_HOLD;
            case CONNECT, ACTIVE -> TimerKind.CONNECT_RETRY;
            case OPEN_SENT, OPEN_CONFIRM, ESTABLISHED -> TimerKind.HOLD;
        };
    }

    private static List<List<String>> table(Link link) {
        List<List<String>> rows = new ArrayList<>();
        events().forEach((name, event) -> {
            List<String> row = new ArrayList<>(List.of(name));
            for (State state : states()) {
                Step step = new Fsm(SETTINGS, link, Memory.FIRST_START).on(state, event);
                row.add(
                        step.reason() == BgpReason.UNCHANGED && step.state().equals(state)
                                ? "."
                                : (step.state().kind() + " " + step.reason()).toLowerCase(Locale.ROOT));
            }
            rows.add(row);
        });
        return rows;
    }

    private static List<List<String>> rows(String table) {
        return table.lines()
                .skip(1)
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
    }
}
