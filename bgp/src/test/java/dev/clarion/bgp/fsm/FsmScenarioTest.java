package dev.clarion.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.wire.Agreement;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Bytes;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of a session, told event by event. */
class FsmScenarioTest {
    private static final FsmSettings SETTINGS = settings(90, true);
    private static final Open GOOD_OPEN = open(64_512, 30, "10.0.0.1", Family.IPV4_UNICAST);
    private static final Update UPDATE = Update.endOfRib(Family.IPV4_UNICAST);

    @Test
    void aSessionComesUpAndItsTimersFollowTheSmallerHoldTime() {
        Run run = new Run(SETTINGS).after(new Event.Start());
        run.shows(FsmState.CONNECT, BgpReason.STARTED, start(TimerKind.CONNECT_RETRY, 5), new Action.Dial());
        run.after(new Event.Connected());
        run.shows(
                FsmState.OPEN_SENT,
                BgpReason.CONNECTED,
                new Action.StopTimers(),
                start(TimerKind.HOLD, 240),
                new Action.Send(SETTINGS.open()));
        run.after(new Event.Received(GOOD_OPEN));
        run.shows(
                FsmState.OPEN_CONFIRM,
                BgpReason.OPEN_ACCEPTED,
                new Action.Send(new Keepalive()),
                start(TimerKind.HOLD, 30),
                start(TimerKind.KEEPALIVE, 10));
        run.after(new Event.Received(new Keepalive()));
        run.shows(
                FsmState.ESTABLISHED,
                BgpReason.ESTABLISHED,
                start(TimerKind.HOLD, 30),
                start(TimerKind.STABLE, 30),
                new Action.SessionUp(new Negotiated(
                        Duration.ofSeconds(30),
                        new Agreement(new WireContext(true, true), Set.of(Family.IPV4_UNICAST), false, false),
                        Ip.parse("10.0.0.1"))));
        run.after(new Event.TimerExpired(TimerKind.KEEPALIVE));
        run.shows(
                FsmState.ESTABLISHED,
                BgpReason.UNCHANGED,
                new Action.Send(new Keepalive()),
                start(TimerKind.KEEPALIVE, 10));
        run.after(new Event.Received(UPDATE));
        run.shows(FsmState.ESTABLISHED, BgpReason.UNCHANGED, start(TimerKind.HOLD, 30));
    }

    @Test
    void whenDiallingFailsItTriesAgainAfterOneSecondThenEveryFive() {
        Run run = new Run(SETTINGS).after(new Event.Start());
        for (int delay : new int[] {1, 5, 5}) {
            run.after(new Event.ConnectFailed("refused"));
            run.shows(
                    FsmState.ACTIVE,
                    BgpReason.CONNECT_FAILED,
                    new Action.StopTimers(),
                    new Action.CloseTcp(),
                    start(TimerKind.CONNECT_RETRY, delay));
            run.after(new Event.TimerExpired(TimerKind.CONNECT_RETRY));
            run.shows(FsmState.CONNECT, BgpReason.RETRYING, start(TimerKind.CONNECT_RETRY, 5), new Action.Dial());
        }
    }

    @Test
    void anAttemptWithoutAnAnswerIsGivenUpForAnother() {
        Run run = new Run(SETTINGS).after(new Event.Start(), new Event.TimerExpired(TimerKind.CONNECT_RETRY));
        run.shows(
                FsmState.CONNECT,
                BgpReason.CONNECT_TIMED_OUT,
                new Action.CloseTcp(),
                start(TimerKind.CONNECT_RETRY, 5),
                new Action.Dial());
    }

    @Test
    void aConnectionLostBeforeThePeersOpenIsDialledAgainFromActive() {
        Run run = new Run(SETTINGS).after(new Event.Start(), new Event.Connected(), new Event.ConnectionLost("gone"));
        run.shows(
                FsmState.ACTIVE,
                BgpReason.CONNECTION_LOST,
                new Action.StopTimers(),
                new Action.CloseTcp(),
                start(TimerKind.CONNECT_RETRY, 1));
    }

    static Stream<Arguments> badOpens() {
        Bytes wanted = new Capability.MultiProtocol(Family.IPV4_UNICAST).encoded();
        return Stream.of(
                Arguments.of(
                        "the wrong AS",
                        open(64_999, 30, "10.0.0.1", Family.IPV4_UNICAST),
                        Notification.of(BgpError.BAD_PEER_AS)),
                Arguments.of(
                        "AS 0",
                        new Open(0, 30, Ip.parse("10.0.0.1"), List.of(new Capability.FourOctetAs(64_512))),
                        Notification.of(BgpError.BAD_PEER_AS)),
                Arguments.of(
                        "a hold time of 1 s",
                        open(64_512, 1, "10.0.0.1", Family.IPV4_UNICAST),
                        Notification.of(BgpError.UNACCEPTABLE_HOLD_TIME)),
                Arguments.of(
                        "a hold time of 2 s",
                        open(64_512, 2, "10.0.0.1", Family.IPV4_UNICAST),
                        Notification.of(BgpError.UNACCEPTABLE_HOLD_TIME)),
                Arguments.of(
                        "identifier 0.0.0.0",
                        open(64_512, 30, "0.0.0.0", Family.IPV4_UNICAST),
                        Notification.of(BgpError.BAD_BGP_IDENTIFIER)),
                Arguments.of(
                        "IPv6 only",
                        open(64_512, 30, "10.0.0.1", Family.IPV6_UNICAST),
                        Notification.of(BgpError.UNSUPPORTED_CAPABILITY, wanted)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badOpens")
    void anOpenThatDoesNotFitIsRefused(String name, Open open, Notification answer) {
        Run run = new Run(SETTINGS).after(new Event.Start(), new Event.Connected(), new Event.Received(open));
        run.shows(
                FsmState.IDLE,
                BgpReason.OPEN_REFUSED,
                new Action.StopTimers(),
                new Action.Send(answer),
                new Action.CloseTcp(),
                start(TimerKind.IDLE_HOLD, 1));
    }

    @Test
    void anInternalPeerMustNotHaveOurIdentifierWhileAnExternalOneMay() {
        FsmSettings internal = new FsmSettings(
                64_513,
                new PeerAs.Number(64_513),
                Ip.parse("10.0.0.2"),
                PeerTimes.DEFAULT.withHold(Duration.ofSeconds(90)),
                Family.IPV4_UNICAST,
                true);
        Run run = new Run(internal)
                .after(
                        new Event.Start(),
                        new Event.Connected(),
                        new Event.Received(open(64_513, 30, "10.0.0.2", Family.IPV4_UNICAST)));
        assertThat(run.step.reason()).isEqualTo(BgpReason.OPEN_REFUSED);
        Run external = new Run(SETTINGS)
                .after(
                        new Event.Start(),
                        new Event.Connected(),
                        new Event.Received(open(64_512, 30, "10.0.0.2", Family.IPV4_UNICAST)));
        assertThat(external.step.reason()).isEqualTo(BgpReason.OPEN_ACCEPTED);
    }

    static Stream<Arguments> unexpected() {
        RouteRefresh refresh = new RouteRefresh(Family.IPV4_UNICAST, 0);
        return Stream.of(
                Arguments.of(FsmState.OPEN_SENT, new Keepalive(), BgpError.UNEXPECTED_IN_OPEN_SENT),
                Arguments.of(FsmState.OPEN_SENT, UPDATE, BgpError.UNEXPECTED_IN_OPEN_SENT),
                Arguments.of(FsmState.OPEN_SENT, refresh, BgpError.UNEXPECTED_IN_OPEN_SENT),
                Arguments.of(FsmState.OPEN_CONFIRM, GOOD_OPEN, BgpError.UNEXPECTED_IN_OPEN_CONFIRM),
                Arguments.of(FsmState.OPEN_CONFIRM, UPDATE, BgpError.UNEXPECTED_IN_OPEN_CONFIRM),
                Arguments.of(FsmState.OPEN_CONFIRM, refresh, BgpError.UNEXPECTED_IN_OPEN_CONFIRM),
                Arguments.of(FsmState.ESTABLISHED, GOOD_OPEN, BgpError.UNEXPECTED_IN_ESTABLISHED));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("unexpected")
    void aMessageThatAStateDoesNotAllowEndsTheSession(FsmState state, Message message, BgpError error) {
        Run run = new Run(SETTINGS).upTo(state).after(new Event.Received(message));
        assertThat(run.step.reason()).isEqualTo(BgpReason.UNEXPECTED_MESSAGE);
        assertThat(run.step.state().kind()).isEqualTo(FsmState.IDLE);
        assertThat(run.step.actions()).contains(new Action.Send(Notification.of(error)), new Action.CloseTcp());
    }

    @Test
    void aSilentPeerIsLeftInEachState() {
        for (FsmState state : List.of(FsmState.OPEN_SENT, FsmState.OPEN_CONFIRM, FsmState.ESTABLISHED)) {
            Run run = new Run(SETTINGS).upTo(state).after(new Event.TimerExpired(TimerKind.HOLD));
            assertThat(run.step.reason()).isEqualTo(BgpReason.HOLD_TIMER_EXPIRED);
            assertThat(run.step.actions()).contains(new Action.Send(Notification.of(BgpError.HOLD_TIMER_EXPIRED)));
        }
    }

    @Test
    void aNotificationIsNeverAnswered() {
        for (FsmState state : List.of(FsmState.OPEN_SENT, FsmState.OPEN_CONFIRM, FsmState.ESTABLISHED)) {
            Run run = new Run(SETTINGS)
                    .upTo(state)
                    .after(new Event.Received(Notification.of(BgpError.ADMINISTRATIVE_SHUTDOWN)));
            assertThat(run.step.reason()).isEqualTo(BgpReason.NOTIFICATION_RECEIVED);
            assertThat(run.step.detail()).isEqualTo("received administrative shutdown (6/2)");
            assertThat(run.step.actions()).noneMatch(Action.Send.class::isInstance);
        }
    }

    @Test
    void theWaitDoublesToTwoMinutesAndOnlyASessionThatStaysUpResetsIt() {
        Run run = new Run(SETTINGS).upTo(FsmState.ESTABLISHED);
        for (int wait : new int[] {1, 2, 4, 8, 16, 32, 64, 120, 120}) {
            run.after(new Event.Received(Notification.of(BgpError.ADMINISTRATIVE_RESET)));
            assertThat(run.step.actions()).contains(start(TimerKind.IDLE_HOLD, wait));
            run.after(
                    new Event.TimerExpired(TimerKind.IDLE_HOLD),
                    new Event.Connected(),
                    new Event.Received(GOOD_OPEN),
                    new Event.Received(new Keepalive()));
            assertThat(run.step.state().kind()).isEqualTo(FsmState.ESTABLISHED);
        }
        run.after(
                new Event.TimerExpired(TimerKind.STABLE),
                new Event.Received(Notification.of(BgpError.ADMINISTRATIVE_RESET)));
        assertThat(run.step.actions()).contains(start(TimerKind.IDLE_HOLD, 1));
    }

    @Test
    void losingACollisionDoesNotLengthenTheWait() {
        Run run = new Run(SETTINGS);
        for (int round = 0; round < 5; round++) {
            run.after(
                    round == 0 ? new Event.Start() : new Event.TimerExpired(TimerKind.IDLE_HOLD),
                    new Event.Connected(),
                    new Event.Received(Notification.of(BgpError.CONNECTION_COLLISION)));
            assertThat(run.step.actions()).contains(start(TimerKind.IDLE_HOLD, 1));
        }
    }

    static Stream<Arguments> stops() {
        return Stream.of(
                Arguments.of(StopCause.SHUTDOWN, BgpReason.SHUT_DOWN, BgpError.ADMINISTRATIVE_SHUTDOWN),
                Arguments.of(StopCause.DECONFIGURED, BgpReason.DECONFIGURED, BgpError.PEER_DECONFIGURED),
                Arguments.of(StopCause.CONFIG_CHANGED, BgpReason.CONFIG_CHANGED, BgpError.OTHER_CONFIGURATION_CHANGE),
                Arguments.of(StopCause.COLLISION, BgpReason.COLLISION, BgpError.CONNECTION_COLLISION));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stops")
    void aStoppedSessionSaysWhyAndStaysDown(StopCause cause, BgpReason reason, BgpError error) {
        Run run = new Run(SETTINGS).upTo(FsmState.ESTABLISHED).after(new Event.Stop(cause));
        run.shows(
                FsmState.IDLE,
                reason,
                new Action.StopTimers(),
                new Action.Send(Notification.of(error)),
                new Action.CloseTcp(),
                new Action.SessionDown());
        run.after(new Event.TimerExpired(TimerKind.IDLE_HOLD));
        run.shows(FsmState.IDLE, BgpReason.UNCHANGED);
    }

    @Test
    void aRestartClosesTcpWithoutAWord() {
        Run run = new Run(SETTINGS).upTo(FsmState.ESTABLISHED).after(new Event.Stop(StopCause.RESTART));
        run.shows(
                FsmState.IDLE,
                BgpReason.RESTARTING,
                new Action.StopTimers(),
                new Action.CloseTcp(),
                new Action.SessionDown());
    }

    @Test
    void aHoldTimeOfZeroMeansNoKeepalivesAndNoExpiry() {
        Run run = new Run(settings(0, true)).upTo(FsmState.OPEN_CONFIRM);
        assertThat(run.step.actions())
                .contains(start(TimerKind.HOLD, 240))
                .doesNotContain(start(TimerKind.KEEPALIVE, 0));
        run.after(new Event.Received(new Keepalive()));
        assertThat(run.step.actions()).contains(new Action.StopTimer(TimerKind.HOLD));
    }

    @Test
    void aPeerThatTakesNoBytesIsLeftAfterTwoHoldTimes() {
        Run run = new Run(SETTINGS).upTo(FsmState.ESTABLISHED).after(new Event.Blocked());
        run.shows(FsmState.ESTABLISHED, BgpReason.UNCHANGED, start(TimerKind.SEND_HOLD, 60));
        run.after(new Event.Flowing(false));
        run.shows(FsmState.ESTABLISHED, BgpReason.UNCHANGED, start(TimerKind.SEND_HOLD, 60));
        run.after(new Event.Flowing(true));
        run.shows(FsmState.ESTABLISHED, BgpReason.UNCHANGED, new Action.StopTimer(TimerKind.SEND_HOLD));
        run.after(new Event.TimerExpired(TimerKind.SEND_HOLD));
        assertThat(run.step.reason()).isEqualTo(BgpReason.SEND_HOLD_TIMER_EXPIRED);
        assertThat(run.step.state().kind()).isEqualTo(FsmState.IDLE);
    }

    @Test
    void aRouteRefreshOfOurFamilyResendsAndOfAnotherDoesNot() {
        Run run = new Run(SETTINGS)
                .upTo(FsmState.ESTABLISHED)
                .after(new Event.Received(new RouteRefresh(Family.IPV4_UNICAST, 0)));
        assertThat(run.step.actions()).contains(new Action.Resend(Family.IPV4_UNICAST));
        run.after(new Event.Received(new RouteRefresh(Family.IPV6_UNICAST, 0)));
        assertThat(run.step.actions()).noneMatch(Action.Resend.class::isInstance);
    }

    @Test
    void anAcceptedConnectionHasLessTimeForItsOpenAndEndsForGood() {
        Run run = new Run(settings(90, false)).after(new Event.Connected());
        assertThat(run.step.actions()).contains(start(TimerKind.HOLD, 30));
        run.after(new Event.ConnectionLost("gone"));
        run.shows(FsmState.IDLE, BgpReason.CONNECTION_LOST, new Action.StopTimers(), new Action.CloseTcp());
    }

    @Test
    void ofTwoConnectionsThatOfTheHigherIdentifierStaysUnlessOneIsUp() {
        Ip low = Ip.parse("10.0.0.1");
        Ip high = Ip.parse("200.0.0.1");
        FsmState waiting = FsmState.OPEN_CONFIRM;
        assertThat(Collision.keepsDialled(waiting, waiting, high, 1, low, 2)).isTrue();
        assertThat(Collision.keepsDialled(waiting, waiting, low, 2, high, 1)).isFalse();
        assertThat(Collision.keepsDialled(waiting, waiting, low, 2, low, 1)).isTrue();
        assertThat(Collision.keepsDialled(FsmState.ESTABLISHED, waiting, low, 1, high, 2))
                .isTrue();
        assertThat(Collision.keepsDialled(waiting, FsmState.ESTABLISHED, high, 2, low, 1))
                .isFalse();
    }

    private static FsmSettings settings(int holdTime, boolean dials) {
        return new FsmSettings(
                64_513,
                new PeerAs.Number(64_512),
                Ip.parse("10.0.0.2"),
                PeerTimes.DEFAULT.withHold(Duration.ofSeconds(holdTime)),
                Family.IPV4_UNICAST,
                dials);
    }

    private static Open open(long as, int holdTime, String id, Family family) {
        return Open.of(as, holdTime, Ip.parse(id), List.of(new Capability.MultiProtocol(family)));
    }

    private static Action start(TimerKind timer, int seconds) {
        return new Action.StartTimer(timer, Duration.ofSeconds(seconds));
    }

    /** A session on its way. */
    private static final class Run {
        private final Fsm fsm;
        private Step step = Step.stay(State.initial());

        Run(FsmSettings settings) {
            fsm = new Fsm(settings);
        }

        Run after(Event... events) {
            for (Event event : events) {
                step = fsm.on(step.state(), event);
            }
            return this;
        }

        Run upTo(FsmState state) {
            List<Event> way = List.of(
                    new Event.Start(),
                    new Event.Connected(),
                    new Event.Received(GOOD_OPEN),
                    new Event.Received(new Keepalive()));
            way.stream().takeWhile(event -> step.state().kind() != state).forEach(this::after);
            assertThat(step.state().kind()).isEqualTo(state);
            return this;
        }

        void shows(FsmState state, BgpReason reason, Action... actions) {
            assertThat(step.state().kind()).isEqualTo(state);
            assertThat(step.reason()).isEqualTo(reason);
            assertThat(step.actions()).containsExactly(actions);
        }
    }
}
