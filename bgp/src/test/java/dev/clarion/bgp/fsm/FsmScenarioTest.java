package dev.clarion.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.fsm.Event.StopCause;
import dev.clarion.bgp.wire.Agreement;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Bytes;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.ExtendedNextHop;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.GracefulRestart;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.LongLivedRestart;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of a session, told event by event. */
class FsmScenarioTest {
    private static final FsmSettings SETTINGS = settings(90);
    private static final Open GOOD_OPEN = open(64_512, 30, "10.0.0.1", Family.IPV4_UNICAST);
    private static final Open OURS = Offer.open(SETTINGS, Memory.FIRST_START);
    private static final Action RETRY = start(TimerKind.CONNECT_RETRY, 5);
    private static final Action[] DIALS = {new Action.StopTimers(), new Action.CloseTcp(), RETRY, new Action.Dial()};
    private static final Update UPDATE = Update.endOfRib(Family.IPV4_UNICAST);

    @Test
    void aSessionComesUpAndItsTimersFollowTheSmallerHoldTime() {
        Run run = new Run(SETTINGS).after(new Event.Start());
        run.shows(FsmState.CONNECT, BgpReason.STARTED, DIALS);
        run.after(new Event.Connected());
        run.shows(
                FsmState.OPEN_SENT,
                BgpReason.CONNECTED,
                new Action.StopTimers(),
                start(TimerKind.HOLD, 240),
                new Action.Send(OURS));
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
                new Action.StopTimer(TimerKind.COLLISION),
                start(TimerKind.HOLD, 30),
                start(TimerKind.STABLE, 30),
                new Action.SessionUp(new Negotiated(
                        Duration.ofSeconds(30),
                        new Agreement(new WireContext(true, true), Set.of(Family.IPV4_UNICAST), false, false),
                        Ip.parse("10.0.0.1"),
                        64_512,
                        Set.of(Feature.FOUR_OCTET_AS),
                        Roles.NONE,
                        false)));
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
            run.after(new Event.ConnectFailed(BgpReason.CONNECT_FAILED, "refused"));
            run.shows(
                    FsmState.ACTIVE,
                    BgpReason.CONNECT_FAILED,
                    new Action.StopTimers(),
                    new Action.CloseTcp(),
                    start(TimerKind.CONNECT_RETRY, delay));
            run.after(new Event.TimerExpired(TimerKind.CONNECT_RETRY));
            run.shows(FsmState.CONNECT, BgpReason.RETRYING, DIALS);
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
        FsmSettings internal = settings(new PeerAs.Exactly(64_513), PeerTimes.DEFAULT);
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
        Run run = new Run(SETTINGS).upTo(FsmState.ESTABLISHED).after(new Event.Stop(cause, ""));
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
        Run run = new Run(SETTINGS).upTo(FsmState.ESTABLISHED).after(new Event.Stop(StopCause.RESTART, ""));
        run.shows(
                FsmState.IDLE,
                BgpReason.RESTARTING,
                new Action.StopTimers(),
                new Action.CloseTcp(),
                new Action.SessionDown());
    }

    @Test
    void aHoldTimeOfZeroMeansNoKeepalivesAndNoExpiry() {
        Run run = new Run(settings(0)).upTo(FsmState.OPEN_CONFIRM);
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
        assertThat(run.step.actions()).contains(new Action.Refresh(Family.IPV4_UNICAST));
        for (RouteRefresh other : List.of(
                new RouteRefresh(Family.IPV6_UNICAST, RouteRefresh.REQUEST),
                new RouteRefresh(Family.IPV4_UNICAST, RouteRefresh.BEGIN),
                new RouteRefresh(Family.IPV4_UNICAST, RouteRefresh.END),
                new RouteRefresh(Family.IPV4_UNICAST, 77))) {
            run.after(new Event.Received(other));
            run.shows(FsmState.ESTABLISHED, BgpReason.UNCHANGED, start(TimerKind.HOLD, 30));
        }
    }

    @Test
    void anAcceptedConnectionHasLessTimeForItsOpenAndEndsForGood() {
        Run run = new Run(SETTINGS, Link.ACCEPTED).after(new Event.Connected());
        assertThat(run.step.actions()).contains(start(TimerKind.HOLD, 30));
        run.after(new Event.ConnectionLost("gone"));
        run.shows(FsmState.IDLE, BgpReason.CONNECTION_LOST, new Action.StopTimers(), new Action.CloseTcp());
    }

    @Test
    void ofTwoConnectionsThatOfTheHigherIdentifierStaysOrForEqualOnesThatOfTheHigherAs() {
        Ip low = Ip.parse("10.0.0.1");
        Ip high = Ip.parse("200.0.0.1");
        assertThat(Collision.kept(high, 1, low, 2)).isEqualTo(Link.DIALLED);
        assertThat(Collision.kept(low, 2, high, 1)).isEqualTo(Link.ACCEPTED);
        assertThat(Collision.kept(low, 2, low, 1)).isEqualTo(Link.DIALLED);
        assertThat(Collision.kept(low, 1, low, 2)).isEqualTo(Link.ACCEPTED);
    }

    @Test
    void aPassivePeerIsWaitedForAndNeverDialled() {
        Run run = new Run(passive()).after(new Event.Start());
        run.shows(FsmState.ACTIVE, BgpReason.STARTED, new Action.StopTimers(), new Action.CloseTcp(), RETRY);
        run.after(new Event.TimerExpired(TimerKind.CONNECT_RETRY));
        run.shows(FsmState.ACTIVE, BgpReason.UNCHANGED, RETRY);
    }

    @Test
    void anAttemptThatIsUnderWayWhenThePeerBecomesPassiveIsTheLast() {
        Run run = new Run(SETTINGS).after(new Event.Start());
        run.settings = passive();
        run.after(new Event.TimerExpired(TimerKind.CONNECT_RETRY));
        assertThat(run.step.state()).isEqualTo(new State.Active(0));
        assertThat(run.step.actions()).doesNotContain(new Action.Dial());
    }

    static Stream<Arguments> asNumbers() {
        return Stream.of(
                Arguments.of(new PeerAs.External(), 64_999L, BgpReason.OPEN_ACCEPTED),
                Arguments.of(new PeerAs.External(), 4_200_000_001L, BgpReason.OPEN_ACCEPTED),
                Arguments.of(new PeerAs.External(), 64_513L, BgpReason.OPEN_REFUSED),
                Arguments.of(new PeerAs.Internal(), 64_513L, BgpReason.OPEN_ACCEPTED),
                Arguments.of(new PeerAs.Internal(), 64_512L, BgpReason.OPEN_REFUSED),
                Arguments.of(new PeerAs.Exactly(64_999), 64_999L, BgpReason.OPEN_ACCEPTED),
                Arguments.of(new PeerAs.Exactly(64_999), 64_998L, BgpReason.OPEN_REFUSED));
    }

    @ParameterizedTest(name = "{0}, and the peer is {1}")
    @MethodSource("asNumbers")
    void anAsNumberThatIsNotGivenIsLearnedFromThePeersOpen(PeerAs wanted, long as, BgpReason outcome) {
        Run run = new Run(settings(wanted, PeerTimes.DEFAULT))
                .after(
                        new Event.Start(),
                        new Event.Connected(),
                        new Event.Received(open(as, 30, "10.0.0.1", Family.IPV4_UNICAST)));
        assertThat(run.step.reason()).isEqualTo(outcome);
        if (run.step.state() instanceof State.OpenConfirm(Negotiated negotiated, boolean _)) {
            assertThat(negotiated.peerAs()).isEqualTo(as);
            assertThat(negotiated.context().external()).isEqualTo(as != 64_513);
        } else {
            assertThat(run.step.actions()).contains(new Action.Send(Notification.of(BgpError.BAD_PEER_AS)));
        }
    }

    @Test
    void aHoldTimeBelowTheOperatorsLeastIsRefused() {
        PeerTimes strict = PeerTimes.DEFAULT.withLeastHold(Duration.ofSeconds(9));
        for (int offer : new int[] {0, 8, 9}) {
            Run run = new Run(settings(new PeerAs.External(), strict))
                    .after(
                            new Event.Start(),
                            new Event.Connected(),
                            new Event.Received(open(64_512, offer, "10.0.0.1", Family.IPV4_UNICAST)));
            assertThat(run.step.reason()).isEqualTo(offer < 9 ? BgpReason.OPEN_REFUSED : BgpReason.OPEN_ACCEPTED);
        }
    }

    @Test
    void aPeerThatTakesNoCapabilitiesGetsNoneTheNextTimeAndAtOnce() {
        Run run = new Run(SETTINGS).upTo(FsmState.OPEN_SENT);
        run.after(new Event.Received(Notification.of(BgpError.UNSUPPORTED_OPTIONAL_PARAMETER)));
        assertThat(run.step.actions()).contains(start(TimerKind.IDLE_HOLD, 1));
        assertThat(run.step.memory().backOff()).isEqualTo(BackOff.START);
        assertThat(run.step.detail()).contains("takes no capabilities");
        run.after(new Event.TimerExpired(TimerKind.IDLE_HOLD), new Event.Connected());
        assertThat(run.step.actions()).contains(new Action.Send(Open.bare(64_513, 90, Ip.parse("10.0.0.2"))));
        // A peer that refuses even that is refused itself: there is nothing left to leave out.
        run.after(new Event.Received(Notification.of(BgpError.UNSUPPORTED_OPTIONAL_PARAMETER)));
        assertThat(run.step.memory().backOff()).isEqualTo(new BackOff(1));
    }

    @Test
    void aPeerThatRefusesSomeCapabilitiesGetsTheOthers() {
        Run run = new Run(SETTINGS).upTo(FsmState.OPEN_SENT);
        run.after(new Event.Received(
                Notification.of(BgpError.UNSUPPORTED_CAPABILITY, new Capability.EnhancedRefresh().encoded())));
        run.after(new Event.TimerExpired(TimerKind.IDLE_HOLD), new Event.Connected());
        Open second = sentOpen(run);
        assertThat(second.enhancedRefresh()).isFalse();
        assertThat(second.canRouteRefresh()).isTrue();
        assertThat(run.step.memory().concession().describe()).isEqualTo("the peer takes no capability [70]");
    }

    @Test
    void aPeerThatWantsACapabilityWhichWeDoNotHaveIsAFailureLikeAnyOther() {
        Run run = new Run(SETTINGS).upTo(FsmState.OPEN_SENT);
        run.after(new Event.Received(Notification.of(
                BgpError.UNSUPPORTED_CAPABILITY, new Capability.MultiProtocol(Family.IPV6_UNICAST).encoded())));
        // The code of multiprotocol is among ours, so it is left out once; IPv4 unicast needs no saying.
        run.after(
                new Event.TimerExpired(TimerKind.IDLE_HOLD),
                new Event.Connected(),
                new Event.Received(Notification.of(
                        BgpError.UNSUPPORTED_CAPABILITY, new Capability.MultiProtocol(Family.IPV6_UNICAST).encoded())));
        assertThat(run.step.memory().backOff()).isEqualTo(new BackOff(1));
    }

    @Test
    void aShutdownSaysTheOperatorsWords() {
        Run run = new Run(SETTINGS)
                .upTo(FsmState.ESTABLISHED)
                .after(new Event.Stop(StopCause.SHUTDOWN, "moving to rack 7"));
        assertThat(run.step.actions()).contains(new Action.Send(Notification.shutdown("moving to rack 7")));
        run = new Run(SETTINGS).upTo(FsmState.ESTABLISHED).after(new Event.Reset("trying again"));
        assertThat(run.step.actions()).contains(new Action.Send(Notification.reset("trying again")));
        assertThat(run.step.reason()).isEqualTo(BgpReason.ADMIN_RESET);
        assertThat(run.step.actions()).contains(start(TimerKind.IDLE_HOLD, 1));
    }

    @Test
    void aResetForgetsFailuresAndConcessions() {
        Run run = new Run(SETTINGS).upTo(FsmState.OPEN_SENT);
        run.after(
                new Event.Received(Notification.of(BgpError.UNSUPPORTED_OPTIONAL_PARAMETER)),
                new Event.TimerExpired(TimerKind.IDLE_HOLD),
                new Event.Connected(),
                new Event.Received(Notification.of(BgpError.BAD_PEER_AS)),
                new Event.Reset(""));
        run.shows(FsmState.CONNECT, BgpReason.ADMIN_RESET, DIALS);
        assertThat(run.step.memory().backOff()).isEqualTo(BackOff.START);
        assertThat(run.step.memory().concession()).isEqualTo(Concession.NONE);
    }

    @Test
    void whatBfdSeesEndsASessionThatIsUpAndNothingElse() {
        Run run =
                new Run(SETTINGS).upTo(FsmState.ESTABLISHED).after(new Event.BfdDown("control detection time expired"));
        run.shows(
                FsmState.IDLE,
                BgpReason.BFD_DOWN,
                new Action.StopTimers(),
                new Action.Send(Notification.of(BgpError.BFD_DOWN)),
                new Action.CloseTcp(),
                new Action.SessionDown(),
                start(TimerKind.IDLE_HOLD, 1));
        run.after(new Event.BfdDown("again"));
        run.shows(FsmState.IDLE, BgpReason.UNCHANGED);
    }

    @Test
    void withNotificationRestartsAgreedOnOnlyWhatIsForGoodIsAHardReset() {
        for (Event end : List.of(
                new Event.Stop(StopCause.SHUTDOWN, "bye"),
                new Event.Stop(StopCause.DECONFIGURED, ""),
                new Event.Stop(StopCause.CONFIG_CHANGED, ""),
                new Event.BfdDown("gone"),
                new Event.Reset(""))) {
            Run run = new Run(restarting(true)).upTo(FsmState.OPEN_SENT);
            run.after(new Event.Received(restartable(true)), new Event.Received(new Keepalive()), end);
            boolean hard = sentNotification(run).error().equals(Optional.of(BgpError.HARD_RESET));
            boolean forGood =
                    !(end instanceof Event.Reset) && !end.equals(new Event.Stop(StopCause.CONFIG_CHANGED, ""));
            assertThat(hard).as(end.toString()).isEqualTo(forGood);
        }
        Run one = new Run(restarting(false)).upTo(FsmState.OPEN_SENT);
        one.after(
                new Event.Received(restartable(true)),
                new Event.Received(new Keepalive()),
                new Event.Stop(StopCause.SHUTDOWN, "bye"));
        assertThat(sentNotification(one)).isEqualTo(Notification.shutdown("bye"));
    }

    @Test
    void aFirstStartOffersToRestartAndSaysThatNothingWasKept() {
        GracefulRestart first = offered(Memory.FIRST_START);
        assertThat(first.restarted()).isFalse();
        assertThat(first.families()).containsExactly(new GracefulRestart.Kept(Family.IPV4_UNICAST, false));
        assertThat(first.seconds()).isEqualTo(120);
        assertThat(first.notifications()).isFalse();
    }

    @Test
    void aRestartSaysSoUntilASessionIsUpAndThatForwardingWentOnForGood() {
        assertThat(offered(Memory.RESTARTED).restarted()).isTrue();
        assertThat(offered(Memory.RESTARTED).families())
                .containsExactly(new GracefulRestart.Kept(Family.IPV4_UNICAST, true));
        Run run = new Run(restarting(false));
        run.memory = Memory.RESTARTED;
        run.upTo(FsmState.ESTABLISHED).after(new Event.ConnectionLost("reset"));
        run.after(new Event.TimerExpired(TimerKind.IDLE_HOLD), new Event.Connected());
        GracefulRestart later = sentOpen(run).gracefulRestart().orElseThrow();
        assertThat(later.restarted()).isFalse();
        assertThat(later.families()).containsExactly(new GracefulRestart.Kept(Family.IPV4_UNICAST, true));
    }

    @Test
    void aFirstStartThatHasBeenUpKeepsForwardingToo() {
        Run run = new Run(restarting(false)).upTo(FsmState.ESTABLISHED).after(new Event.ConnectionLost("reset"));
        run.after(new Event.TimerExpired(TimerKind.IDLE_HOLD), new Event.Connected());
        GracefulRestart later = sentOpen(run).gracefulRestart().orElseThrow();
        assertThat(later.families()).containsExactly(new GracefulRestart.Kept(Family.IPV4_UNICAST, true));
        assertThat(later.restarted()).isFalse();
    }

    @Test
    void longLivedRestartIsOfferedBesideTheGracefulOne() {
        FsmSettings settings = new FsmSettings(
                64_513,
                new PeerAs.External(),
                Ip.parse("10.0.0.2"),
                PeerTimes.DEFAULT,
                List.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST),
                false,
                new Restart.LongLived(Duration.ZERO, Duration.ofHours(1), false),
                true);
        Open open = Offer.open(settings, Memory.RESTARTED);
        assertThat(open.gracefulRestart().orElseThrow().seconds()).isZero();
        assertThat(open.longLivedRestart().orElseThrow().families())
                .containsExactly(
                        new LongLivedRestart.Kept(Family.IPV4_UNICAST, true, 3600),
                        new LongLivedRestart.Kept(Family.IPV6_UNICAST, true, 3600));
        assertThat(open.ipv4OverIpv6()).isTrue();
        assertThat(open.families()).containsExactlyInAnyOrder(Family.IPV4_UNICAST, Family.IPV6_UNICAST);
    }

    @Test
    void whatIsAgreedOnIsWhatBothOpensHave() {
        Open theirs = Open.of(
                64_512,
                9,
                Ip.parse("10.0.0.1"),
                List.of(
                        new Capability.MultiProtocol(Family.IPV6_UNICAST),
                        new Capability.MultiProtocol(Family.IPV4_UNICAST),
                        new Capability.CanRouteRefresh(),
                        ExtendedNextHop.IPV4_OVER_IPV6,
                        new GracefulRestart(false, true, 60, List.of())));
        Run run = new Run(restarting(true)).upTo(FsmState.OPEN_SENT).after(new Event.Received(theirs));
        Negotiated negotiated = ((State.OpenConfirm) run.step.state()).negotiated();
        assertThat(negotiated.families()).containsExactly(Family.IPV4_UNICAST);
        assertThat(negotiated.features())
                .containsExactlyInAnyOrder(
                        Feature.FOUR_OCTET_AS,
                        Feature.ROUTE_REFRESH,
                        Feature.GRACEFUL_RESTART,
                        Feature.GRACEFUL_NOTIFICATION);
        assertThat(negotiated.peerRestarts()).as("it only knows End-of-RIB").isFalse();
        assertThat(negotiated.holdTime()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void whatWasSaidInOurOpenCountsNotWhatTheSettingsHaveBecome() {
        Run run = new Run(SETTINGS).upTo(FsmState.OPEN_SENT);
        run.settings = settings(6);
        run.after(new Event.Received(GOOD_OPEN));
        assertThat(((State.OpenConfirm) run.step.state()).negotiated().holdTime())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void timersFollowNewTimesAtOnce() {
        Run run = new Run(SETTINGS).upTo(FsmState.ESTABLISHED);
        run.settings = settings(
                new PeerAs.Exactly(64_512), PeerTimes.DEFAULT.withKeepalive(Optional.of(Duration.ofSeconds(2))));
        run.after(new Event.Retimed());
        run.shows(FsmState.ESTABLISHED, BgpReason.UNCHANGED, start(TimerKind.KEEPALIVE, 2));
        Run waiting = new Run(SETTINGS).after(new Event.Start());
        waiting.settings =
                settings(new PeerAs.Exactly(64_512), PeerTimes.DEFAULT.withConnectRetry(Duration.ofSeconds(9)));
        waiting.after(new Event.Retimed());
        waiting.shows(FsmState.CONNECT, BgpReason.UNCHANGED, start(TimerKind.CONNECT_RETRY, 9));
    }

    @Test
    void aKeepaliveTimeOfTheUsersHoldsUnlessThePeerWantsAShorterHoldTime() {
        PeerTimes times = PeerTimes.DEFAULT.withKeepalive(Optional.of(Duration.ofSeconds(40)));
        assertThat(times.keepaliveFor(Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(40));
        assertThat(times.keepaliveFor(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(10));
        assertThat(PeerTimes.DEFAULT.keepaliveFor(Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(3));
    }

    private static FsmSettings settings(PeerAs peerAs, Role role) {
        return new FsmSettings(
                64_513,
                peerAs,
                Ip.parse("10.0.0.2"),
                PeerTimes.DEFAULT,
                List.of(Family.IPV4_UNICAST),
                false,
                new Restart.Off(),
                false,
                Optional.of(role));
    }

    private static Open openOfRoles(int... roles) {
        List<Capability> capabilities = new ArrayList<>(List.of(new Capability.MultiProtocol(Family.IPV4_UNICAST)));
        Arrays.stream(roles).mapToObj(Capability.OfRole::new).forEach(capabilities::add);
        return Open.of(64_512, 30, Ip.parse("10.0.0.1"), capabilities);
    }

    private static Step answerTo(Role ours, int... theirs) {
        return new Run(settings(new PeerAs.Exactly(64_512), ours))
                .after(new Event.Start(), new Event.Connected(), new Event.Received(openOfRoles(theirs)))
                .step;
    }

    @Test
    void onlyTheCounterpartOfOurRoleIsTaken() {
        Map<Role, Role> allowed = Map.of(
                Role.PROVIDER, Role.CUSTOMER,
                Role.CUSTOMER, Role.PROVIDER,
                Role.RS, Role.RS_CLIENT,
                Role.RS_CLIENT, Role.RS,
                Role.PEER, Role.PEER);
        for (Role ours : Role.values()) {
            for (int theirs = 0; theirs <= 5; theirs++) {
                Step step = answerTo(ours, theirs);
                if (Optional.ofNullable(allowed.get(ours)).equals(Role.of(theirs))) {
                    assertThat(step.state())
                            .isInstanceOfSatisfying(
                                    State.OpenConfirm.class,
                                    open -> assertThat(open.negotiated().roles())
                                            .isEqualTo(new Roles(
                                                    Optional.of(ours), Optional.ofNullable(allowed.get(ours)))));
                } else {
                    assertThat(step.actions())
                            .as("%s with %d", ours, theirs)
                            .contains(new Action.Send(Notification.of(BgpError.ROLE_MISMATCH)));
                }
            }
        }
    }

    @Test
    void aPeerWithoutARoleIsTakenAndOneWithTwoIsNot() {
        assertThat(answerTo(Role.CUSTOMER).state()).isInstanceOf(State.OpenConfirm.class);
        assertThat(answerTo(Role.CUSTOMER, 0, 0).state()).isInstanceOf(State.OpenConfirm.class);
        assertThat(answerTo(Role.CUSTOMER, 0, 3).actions())
                .contains(new Action.Send(Notification.of(BgpError.ROLE_MISMATCH)));
        Run silent = new Run(SETTINGS)
                .after(new Event.Start(), new Event.Connected(), new Event.Received(openOfRoles(0, 3)));
        assertThat(silent.step.state()).as("we said nothing").isInstanceOf(State.OpenConfirm.class);
    }

    @Test
    void theRoleIsSaidToPeersOfAnotherAsOnly() {
        Capability said = new Capability.OfRole(3);
        assertThat(Offer.open(settings(new PeerAs.Exactly(64_512), Role.CUSTOMER), Memory.FIRST_START)
                        .capabilities())
                .contains(said);
        assertThat(Offer.open(settings(new PeerAs.Internal(), Role.CUSTOMER), Memory.FIRST_START)
                        .capabilities())
                .doesNotContain(said);
    }

    private static FsmSettings passive() {
        return new FsmSettings(
                64_513,
                new PeerAs.Exactly(64_512),
                Ip.parse("10.0.0.2"),
                PeerTimes.DEFAULT,
                List.of(Family.IPV4_UNICAST),
                true,
                new Restart.Off(),
                false);
    }

    private static FsmSettings restarting(boolean afterNotification) {
        return new FsmSettings(
                64_513,
                new PeerAs.Exactly(64_512),
                Ip.parse("10.0.0.2"),
                PeerTimes.DEFAULT,
                List.of(Family.IPV4_UNICAST),
                false,
                new Restart.Graceful(Restart.DEFAULT_TIME, afterNotification),
                false);
    }

    private static Open restartable(boolean afterNotification) {
        return Open.of(
                64_512,
                30,
                Ip.parse("10.0.0.1"),
                List.of(
                        new Capability.MultiProtocol(Family.IPV4_UNICAST),
                        new GracefulRestart(false, afterNotification, 60, List.of())));
    }

    private static GracefulRestart offered(Memory memory) {
        return Offer.open(restarting(false), memory).gracefulRestart().orElseThrow();
    }

    private static Open sentOpen(Run run) {
        return (Open) sent(run);
    }

    private static Notification sentNotification(Run run) {
        return (Notification) sent(run);
    }

    private static Message sent(Run run) {
        return run.step.actions().stream()
                .filter(Action.Send.class::isInstance)
                .map(action -> ((Action.Send) action).message())
                .findFirst()
                .orElseThrow();
    }

    private static FsmSettings settings(int holdTime) {
        return settings(new PeerAs.Exactly(64_512), PeerTimes.DEFAULT.withHold(Duration.ofSeconds(holdTime)));
    }

    private static FsmSettings settings(PeerAs peerAs, PeerTimes times) {
        return new FsmSettings(
                64_513,
                peerAs,
                Ip.parse("10.0.0.2"),
                times,
                List.of(Family.IPV4_UNICAST),
                false,
                new Restart.Off(),
                false);
    }

    private static Open open(long as, int holdTime, String id, Family family) {
        return Open.of(as, holdTime, Ip.parse(id), List.of(new Capability.MultiProtocol(family)));
    }

    private static Action start(TimerKind timer, int seconds) {
        return new Action.StartTimer(timer, Duration.ofSeconds(seconds));
    }

    /** A session on its way. */
    private static final class Run {
        private final Link link;
        private FsmSettings settings;
        private Memory memory = Memory.FIRST_START;
        private Step step = new Step(memory, State.initial(), BgpReason.UNCHANGED, "", List.of());

        Run(FsmSettings settings) {
            this(settings, Link.DIALLED);
        }

        Run(FsmSettings settings, Link link) {
            this.settings = settings;
            this.link = link;
        }

        Run after(Event... events) {
            for (Event event : events) {
                step = new Fsm(settings, link, memory).on(step.state(), event);
                memory = step.memory();
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
