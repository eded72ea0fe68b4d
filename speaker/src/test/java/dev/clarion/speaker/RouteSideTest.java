package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.clarion.announcement.Announcement;
import dev.clarion.announcement.NodeFacts;
import dev.clarion.bgp.BgpIntent;
import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.StopMode;
import dev.clarion.kube.ObjectKey;
import dev.clarion.linux.LinuxException;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What node n1 says of its peers, in a cluster where node N has the address 10.0.0.N. */
class RouteSideTest {
    private static final String FOR_ALL =
            "{name: r, myASN: 64513, peerASN: 64512, peerAddress: 192.0.2.1, passive: true, routerID: 192.0.2.77}";
    private static final String EACH_ITS_OWN =
            "{name: r, myASN: 64513, peerASN: 64512, peerAddress: 192.0.2.1, passive: true}";

    private final List<BgpIntent> told = new ArrayList<>();
    private final Map<ObjectKey, NodeRecord> nodes = new TreeMap<>();
    private final SortedSet<String> members = new TreeSet<>();
    private RouteSide side;

    RouteSideTest() throws LinuxException {
        side = side(true);
    }

    private RouteSide side(boolean listens) throws LinuxException {
        return new RouteSide(
                new RouteSide.Home("n1", "clarion-system", listens),
                new PeerPasswords(name -> {
                    throw new AssertionError("no Secret is named, but " + name + " is looked at");
                }),
                new LinkSource(),
                told::add,
                (peers, profiles, segments) -> {});
    }

    private void node(String name, String address) {
        Optional<Ip> internal =
                Optional.of(address).filter(text -> !text.isEmpty()).map(Ip::parse);
        nodes.put(
                ObjectKey.ofCluster(name),
                new NodeRecord(
                        new NodeFacts(name, false, false, false),
                        "uid-" + name,
                        internal,
                        internal,
                        false,
                        false,
                        false,
                        Optional.empty()));
        members.add(name);
    }

    private void nodes(int count) {
        for (int i = 1; i <= count; i++) {
            node("n" + i, "10.0.0." + i);
        }
    }

    private void apply(String peer) {
        EffectiveSource source = new EffectiveSource();
        Inputs inputs = new Inputs(
                Map.of(),
                Map.of(),
                Map.copyOf(nodes),
                source.read(Optional.of("generation: 1\nbgpPeers:\n- " + peer + "\n")),
                Collections.unmodifiableSortedSet(new TreeSet<>(members)),
                Map.of(),
                List.of(),
                Set.of());
        assertThat(source.problem()).isEmpty();
        side.apply(inputs, Announcement.decide(inputs.view("n1")), true);
    }

    private String warning() {
        return side.warnings().getOrDefault("r", Map.of()).getOrDefault(PeerWarning.SHARED_IDENTIFIER, "none");
    }

    @Test
    void anIdentifierThatAPeerGivesToAllIsWarnedOfAndTheSessionIsThere() {
        nodes(3);
        apply(FOR_ALL);
        assertThat(warning()).contains("192.0.2.77").contains(": n2, n3;");
        assertThat(side.obstacles()).isEmpty();
        assertThat(told.getLast().peers())
                .singleElement()
                .satisfies(peer -> assertThat(peer.config().routerId()).isEqualTo(Ip.parse("192.0.2.77")));
    }

    @Test
    void theWarningGoesWithItsCause() {
        nodes(3);
        apply(FOR_ALL);
        apply(EACH_ITS_OWN);
        assertThat(side.warnings()).isEmpty();
    }

    @Test
    void ofManyNodesAFewAreNamed() {
        nodes(9);
        apply(FOR_ALL);
        assertThat(warning()).contains(": n2, n3, n4 and 5 more;");
    }

    @Test
    void nodesThatHaveNoSpeakerAreNotMeant() {
        nodes(3);
        members.remove("n2");
        apply(FOR_ALL);
        assertThat(warning()).contains(": n3;");
        members.clear();
        apply(FOR_ALL);
        assertThat(side.warnings()).isEmpty();
    }

    /** A router takes another identifier for another router, so the old one is kept for the run, and may be another's by now. */
    @Test
    void theIdentifierThatIsInUseCountsAndNotTheOneThatWouldBeChosenNow() {
        nodes(2);
        apply(EACH_ITS_OWN);
        assertThat(side.warnings()).isEmpty();
        node("n1", "10.0.0.9");
        node("n2", "10.0.0.1");
        apply(EACH_ITS_OWN);
        assertThat(warning()).contains("10.0.0.1").contains(": n2;");
    }

    @Test
    void aNodeWithoutIpv4IsKnownByTheHashOfItsName() {
        node("n2", "");
        node("n1", RouterId.choose(Optional.empty(), List.of(), "n2").toString());
        apply(EACH_ITS_OWN);
        assertThat(warning()).contains(": n2;");
    }

    @Test
    void ofASessionThatThereIsNotOnlyTheObstacleIsSaid() throws LinuxException {
        side = side(false);
        nodes(3);
        apply(FOR_ALL);
        assertThat(side.obstacles()).containsOnlyKeys("r");
        assertThat(side.warnings()).isEmpty();
    }

    /** Each of a hundred nodes would otherwise speak of each that joins. */
    @Test
    void theLogTellsItOnceAndAgainOnlyOfAnotherIdentifier() {
        Logger log = (Logger) LoggerFactory.getLogger(RouteSide.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            nodes(3);
            apply(FOR_ALL);
            apply(FOR_ALL);
            nodes(5);
            apply(FOR_ALL);
            assertThat(warning()).contains("and 1 more");
            assertThat(lines.list).hasSize(1);
            apply(FOR_ALL.replace("192.0.2.77", "192.0.2.78"));
            assertThat(lines.list)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line.getKeyValuePairs())
                            .contains(new KeyValuePair("reason", PeerWarning.SHARED_IDENTIFIER)))
                    .last()
                    .satisfies(line -> assertThat(line.getFormattedMessage()).contains("192.0.2.78"));
        } finally {
            log.detachAppender(lines);
        }
    }

    @Test
    void theReportNamesIt() {
        nodes(2);
        apply(FOR_ALL);
        BgpSpeaker bgp = new BgpSpeaker(BgpListener.NONE);
        try {
            bgp.apply(told.getLast());
            SortedMap<String, String> none = Collections.emptySortedMap();
            PeerReport report = new PeerReport(bgp, Optional::empty, () -> none, side::warnings, List.of());
            assertThat(report.problems()).containsExactly("peer r: " + warning());
            assertThat(report.whole())
                    .singleElement()
                    .satisfies(peer -> assertThat(peer).containsEntry("warnings", List.of("SHARED_IDENTIFIER")));
            apply(EACH_ITS_OWN);
            assertThat(report.problems()).isEmpty();
            assertThat(report.whole())
                    .singleElement()
                    .satisfies(peer -> assertThat(peer).containsEntry("warnings", List.of()));
        } finally {
            bgp.stop(StopMode.RESTART);
        }
    }
}
