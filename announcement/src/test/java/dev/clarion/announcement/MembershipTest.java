package dev.clarion.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final Duration LIFETIME = Duration.ofSeconds(4);
    private static final Duration TURN = Duration.ofMillis(200);

    private final Map<String, LeaseFacts> leases = new HashMap<>();
    private long now = 1_000_000_000_000L;
    private int renewals;
    private Membership membership = Membership.start("self", now);

    private static LeaseFacts lease(String renewal) {
        return new LeaseFacts(renewal, LIFETIME, false, new SpeakerFacts(List.of()));
    }

    private void renew(String... nodes) {
        for (String node : nodes) {
            leases.put(node, lease("r" + renewals++));
        }
    }

    /** Lets time pass in turns of 200 ms; these nodes renew once a second. */
    private void pass(Duration time, String... renewing) {
        for (long turn = 1; turn <= time.dividedBy(TURN); turn++) {
            if (turn % 5 == 1) {
                renew(renewing);
            }
            now += TURN.toNanos();
            membership = membership.observe(leases, now);
        }
    }

    private void allAlive() {
        renew("self", "n2", "n3");
        membership = membership.observe(leases, now);
        pass(Duration.ofSeconds(3), "self", "n2", "n3");
        assertThat(membership.others()).containsOnlyKeys("n2", "n3");
        assertThat(membership.frozen()).isFalse();
    }

    @Test
    void aSpeakerThatFallsSilentCountsForItsLifetimeAndNoLonger() {
        allAlive();
        pass(Duration.ofSeconds(3), "self", "n2");
        assertThat(membership.others()).containsOnlyKeys("n2", "n3");
        pass(Duration.ofSeconds(2), "self", "n2");
        assertThat(membership.others()).containsOnlyKeys("n2");
        renew("n3");
        pass(TURN, "self", "n2");
        assertThat(membership.others()).as("one renewal brings it back").containsOnlyKeys("n2", "n3");
    }

    @Test
    void whileTheApiIsAwayNobodyDies() {
        allAlive();
        pass(Duration.ofMinutes(5));
        assertThat(membership.frozen()).isTrue();
        assertThat(membership.others()).containsOnlyKeys("n2", "n3");
    }

    @Test
    void whenTheApiIsBackEveryoneGetsAFullLifetimeToBeSeenAgain() {
        allAlive();
        pass(Duration.ofMinutes(1));
        pass(Duration.ofSeconds(3), "self");
        assertThat(membership.frozen()).isFalse();
        assertThat(membership.others()).containsOnlyKeys("n2", "n3");
        pass(Duration.ofSeconds(3), "self", "n2");
        assertThat(membership.others()).as("n3 died meanwhile").containsOnlyKeys("n2");
    }

    @Test
    void aSpeakerThatWasDeadBeforeTheOutageStaysDead() {
        allAlive();
        pass(Duration.ofSeconds(6), "self", "n2");
        pass(Duration.ofMinutes(1));
        pass(Duration.ofSeconds(2), "self", "n2");
        assertThat(membership.others()).containsOnlyKeys("n2");
    }

    @Test
    void aSpeakerThatStartsTakesWhatItFindsForAliveUntilShownOtherwise() {
        renew("self", "n2", "n3");
        membership = membership.observe(leases, now);
        assertThat(membership.frozen()).as("its own old lease proves nothing").isTrue();
        assertThat(membership.others()).containsOnlyKeys("n2", "n3");
        pass(Duration.ofSeconds(6), "self");
        assertThat(membership.others()).isEmpty();
    }

    @Test
    void aReleasedOrDeletedLeaseCountsAtOnce() {
        allAlive();
        leases.put("n2", new LeaseFacts("gone", LIFETIME, true, new SpeakerFacts(List.of())));
        leases.remove("n3");
        pass(TURN, "self");
        assertThat(membership.others()).isEmpty();
    }

    @Test
    void aLongerLifetimeAnnouncedBeforeARestartIsHonoured() {
        allAlive();
        leases.put("n2", new LeaseFacts("bye", Duration.ofSeconds(15), false, new SpeakerFacts(List.of())));
        pass(Duration.ofSeconds(14), "self");
        assertThat(membership.others()).containsOnlyKeys("n2");
        pass(Duration.ofSeconds(2), "self");
        assertThat(membership.others()).isEmpty();
    }

    @Test
    void aPauseOfThisProcessIsNoSilenceOfOthers() {
        allAlive();
        now += Duration.ofSeconds(30).toNanos();
        renew("self");
        membership = membership.observe(leases, now);
        assertThat(membership.others()).containsOnlyKeys("n2", "n3");
    }
}
