package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.PeerTimes;
import dev.clarion.bgp.fsm.Restart;
import dev.clarion.bgp.fsm.Role;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a change of a peer's settings needs. */
class PeerChangeTest {
    private static final PeerConfig PLAIN = PeerConfig.at(
                    "router", Ip.parse("192.0.2.1"), 64_513, new PeerAs.Exactly(64_512), Ip.parse("10.0.0.2"))
            .password(Password.of("one"))
            .build();

    /** For each field, changes of it alone. */
    private static final Map<PeerField, List<UnaryOperator<PeerBuilder>>> CHANGES = changes();

    private static Map<PeerField, List<UnaryOperator<PeerBuilder>>> changes() {
        Map<PeerField, List<UnaryOperator<PeerBuilder>>> all = new EnumMap<>(PeerField.class);
        for (PeerField field : PeerField.values()) {
            all.put(field, changes(field));
        }
        return all;
    }

    private static List<UnaryOperator<PeerBuilder>> changes(PeerField field) {
        PeerTimes times = PeerTimes.DEFAULT;
        return switch (field) {
            case PLACE ->
                List.of(
                        peer -> peer.place(new PeerPlace.Address(Ip.parse("192.0.2.2"))),
                        peer -> peer.place(new PeerPlace.Interface("eth1")));
            case PORT -> List.of(peer -> peer.port(1790));
            case LOCAL_AS -> List.of(peer -> peer.localAs(4_200_000_000L));
            case PEER_AS ->
                List.of(peer -> peer.peerAs(new PeerAs.External()), peer -> peer.peerAs(new PeerAs.Internal()));
            case ROUTER_ID -> List.of(peer -> peer.routerId(Ip.parse("10.0.0.3")));
            case LOCAL_ADDRESS -> List.of(peer -> peer.localAddress(Ip.parse("192.0.2.9")));
            case DEVICE -> List.of(peer -> peer.device("vrf-red"));
            case FAMILIES -> List.of(peer -> peer.families(EnumSet.allOf(IpFamily.class)));
            case EXTENDED_NEXT_HOP -> List.of(peer -> peer.extendedNextHop(true));
            case ROLE -> List.of(peer -> peer.role(Role.CUSTOMER));
            case SIGNED -> List.of(PeerBuilder::noPassword);
            case PASSWORD -> List.of(peer -> peer.password(Password.of("two")));
            case REACH -> List.of(peer -> peer.reach(new Reach.Multihop(3)), peer -> peer.reach(new Reach.Security(1)));
            case HOLD_TIME -> List.of(peer -> peer.times(times.withHold(Duration.ofSeconds(30))));
            case LEAST_HOLD_TIME -> List.of(peer -> peer.times(times.withLeastHold(Duration.ofSeconds(9))));
            case KEEPALIVE_TIME -> List.of(peer -> peer.times(times.withKeepalive(Optional.of(Duration.ofSeconds(9)))));
            case CONNECT_TIME -> List.of(peer -> peer.times(times.withConnectRetry(Duration.ofSeconds(9))));
            case SEND_HOLD_TIME -> List.of(peer -> peer.times(times.withSendHold(Optional.of(Duration.ofMinutes(5)))));
            case BACK_OFF ->
                List.of(
                        peer -> peer.times(
                                times.withBackOff(Duration.ofSeconds(2), times.longestBackOff(), times.stable())),
                        peer -> peer.times(
                                times.withBackOff(times.firstBackOff(), Duration.ofSeconds(9), times.stable())),
                        peer -> peer.times(times.withBackOff(
                                times.firstBackOff(), times.longestBackOff(), Duration.ofSeconds(9))));
            case PASSIVE -> List.of(peer -> peer.passive(true));
            case RESTART ->
                List.of(
                        peer -> peer.restart(new Restart.Graceful(Restart.DEFAULT_TIME, false)),
                        peer -> peer.restart(new Restart.LongLived(Restart.DEFAULT_TIME, Duration.ofHours(1), false)));
            case BFD_PROFILE -> List.of(peer -> peer.bfdProfile("fast"));
        };
    }

    @Test
    void aChangeOfOneFieldIsSeenAsThatFieldAlone() {
        CHANGES.forEach((field, ways) -> ways.forEach(way -> {
            PeerConfig after = way.apply(PLAIN.but()).build();
            PeerChange change = PeerChange.between(PLAIN, after);
            // Another password than none is no rotation: the connection has to begin anew.
            assertThat(change.fields())
                    .as(field.name())
                    .contains(field)
                    .hasSizeLessThanOrEqualTo(field == PeerField.SIGNED ? 2 : 1);
            assertThat(change.need()).as(field.name()).isEqualTo(field.need());
        }));
    }

    @Test
    void noDifferenceIsOverlookedAndNoneIsImagined() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 5_000; round++) {
            PeerConfig one = any(random);
            PeerConfig other = random.nextInt(3) == 0 ? one.but().build() : any(random);
            assertThat(PeerChange.between(one, other).fields().isEmpty())
                    .as("seed %d: %s and %s", seed, one, other)
                    .isEqualTo(one.equals(other));
        }
    }

    /** Some changes one after the other; those that would make it impossible are left out. */
    private static PeerConfig any(SplittableRandom random) {
        List<PeerField> fields = List.of(PeerField.values());
        PeerConfig config = PLAIN;
        for (int i = 0; i < 2; i++) {
            var ways = changes(fields.get(random.nextInt(fields.size())));
            try {
                config = ways.get(random.nextInt(ways.size()))
                        .apply(config.but())
                        .build();
            } catch (IllegalArgumentException impossible) {
                return config;
            }
        }
        return config;
    }

    @Test
    void theGreatestNeedCounts() {
        PeerConfig after =
                PLAIN.but().passive(true).holdTime(Duration.ofSeconds(30)).build();
        assertThat(PeerChange.between(PLAIN, after).need()).isEqualTo(Need.NEXT_OPEN);
        assertThat(PeerChange.between(PLAIN, after.but().port(1790).build()).need())
                .isEqualTo(Need.RESET);
        assertThat(PeerChange.between(PLAIN, PLAIN).need()).isEqualTo(Need.LIVE);
    }

    @Test
    void theUserGuideSaysWhatTheCodeDoes() throws IOException {
        Pattern row = Pattern.compile("^\\| ([A-Z_]+) \\| (live|at next OPEN|reset) \\|");
        List<String> documented = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "bgp.md"))) {
            Matcher matcher = row.matcher(line);
            if (matcher.find()) {
                documented.add(matcher.group(1) + " " + matcher.group(2));
            }
        }
        assertThat(documented)
                .containsExactlyElementsOf(List.of(PeerField.values()).stream()
                        .map(field -> field + " " + words(field.need()))
                        .toList());
    }

    private static String words(Need need) {
        return switch (need) {
            case LIVE -> "live";
            case NEXT_OPEN -> "at next OPEN";
            case RESET -> "reset";
        };
    }

    @Test
    void whatCannotBeIsRefusedWithThePeersName() {
        List<UnaryOperator<PeerBuilder>> impossible = List.of(
                peer -> peer.port(0),
                peer -> peer.localAs(0),
                peer -> peer.families(Set.of()),
                peer -> peer.routerId(Ip.parse("0.0.0.0")),
                peer -> peer.localAddress(Ip.parse("2001:db8::1")),
                peer -> peer.place(new PeerPlace.Address(Ip.parse("fe80::1"))));
        impossible.forEach(change -> org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> change.apply(PLAIN.but()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peer router"));
    }

    @Test
    void aPasswordIsNeverShown() {
        assertThat(PLAIN.toString()).doesNotContain("one").contains("(hidden)");
    }
}
