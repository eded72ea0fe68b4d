package dev.clarion.arpndp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is remembered of others: who asked, and who uses our addresses. */
class NeighbourMemoryTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = Long.MAX_VALUE - SECOND;
    private static final Ip VIP4 = Ip.parse("10.9.0.200");
    private static final Ip VIP6 = Ip.parse("fd09::200");
    private static final Ip CLIENT = Ip.parse("10.9.0.100");
    private static final Mac US = Mac.parse("02:00:00:00:00:0a");
    private static final Mac OWNER = Mac.parse("02:00:00:00:00:0b");
    private static final Mac THEM = Mac.parse("02:00:00:00:00:0c");
    private static final Holdings HELD = new Holdings(Set.of(VIP4), Map.of(VIP6, OWNER));

    private final Askers askers = new Askers(3);
    private final Conflicts conflicts = new Conflicts();

    @Test
    void whoAskedForAnAddressIsRememberedWithItsLatestLinkLayerAddress() {
        askers.asked(VIP4, CLIENT, OWNER, START);
        askers.asked(VIP4, CLIENT, THEM, START);
        assertThat(askers.of(VIP4, START))
                .containsExactly(new Neighbour(CLIENT, Optional.of(THEM), Neighbour.Role.ASKER));
        assertThat(askers.of(VIP4.next(), START)).isEmpty();
    }

    @Test
    void theOnesThatAskedLongestAgoAreForgottenFirst() {
        for (int i = 0; i < 3; i++) {
            askers.asked(VIP4, CLIENT.plus(BigInteger.valueOf(i)), THEM, at(i));
        }
        askers.asked(VIP4, CLIENT, THEM, at(3));
        askers.asked(VIP4, CLIENT.plus(BigInteger.valueOf(9)), THEM, at(4));
        assertThat(askers.size()).isEqualTo(3);
        assertThat(askers.of(VIP4, at(4)))
                .extracting(Neighbour::ip)
                .containsExactly(CLIENT.plus(BigInteger.TWO), CLIENT, CLIENT.plus(BigInteger.valueOf(9)));
    }

    @Test
    void whoHasNotAskedForTwentyMinutesIsNotTold() {
        askers.asked(VIP4, CLIENT, THEM, START);
        assertThat(askers.of(VIP4, at(1_200 * SECOND))).hasSize(1);
        assertThat(askers.of(VIP4, at(1_200 * SECOND + 1))).isEmpty();
    }

    @Test
    void probersAndTheAddressItselfAreNoAskers() {
        askers.asked(VIP4, Ip.parse("0.0.0.0"), THEM, START);
        askers.asked(VIP4, VIP4, THEM, START);
        assertThat(askers.size()).isZero();
    }

    @Test
    void aForeignUserOfAnAddressIsToldOfOnceInTenSeconds() {
        Sighting foreign = new Sighting.Uses(VIP4, THEM);
        assertThat(tell(foreign, 0)).isTrue();
        assertThat(tell(foreign, 9_999)).isFalse();
        assertThat(tell(foreign, 10_000)).isTrue();
    }

    @Test
    void aForeignAnswerIsAConflictToo() {
        assertThat(tell(new Sighting.Answers(VIP4, THEM, CLIENT), 0)).isTrue();
    }

    @Test
    void anotherForeignUserIsToldOfAtOnceButNotAsManyAsTheyLike() {
        int told = 0;
        for (int i = 0; i < 100; i++) {
            told += tell(new Sighting.Uses(VIP4, Mac.of(0x02_0000_0001_00L + i)), i) ? 1 : 0;
        }
        assertThat(told).isEqualTo(4);
    }

    @Test
    void usersOfAddressesThatAreNotHeldAndProbersAreNone() {
        assertThat(tell(new Sighting.Uses(CLIENT, THEM), 0)).isFalse();
        assertThat(tell(new Sighting.Wants(VIP4, THEM, Optional.empty()), 0)).isFalse();
    }

    @Test
    void theOwnerOfACaretakenAddressIsNoneButAnotherIs() {
        assertThat(tell(new Sighting.Uses(VIP6, OWNER), 0)).isFalse();
        assertThat(tell(new Sighting.Uses(VIP6, THEM), 0)).isTrue();
    }

    @Test
    void whatIsReleasedIsForgotten() {
        Sighting foreign = new Sighting.Uses(VIP4, THEM);
        assertThat(tell(foreign, 0)).isTrue();
        conflicts.keepOnly(Holdings.NONE);
        assertThat(tell(foreign, 1)).isTrue();
    }

    private static long at(long nanos) {
        return START + nanos;
    }

    private boolean tell(Sighting seen, long millis) {
        return conflicts.tell(HELD, seen, US, at(millis * (SECOND / 1_000)));
    }
}
