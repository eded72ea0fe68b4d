package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.net.IpRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stays and what goes when a document changes. Pools are written as {@code name=range}. */
class PublicationTest {
    private static final EntryKey A = new EntryKey(Section.IP_ADDRESS_POOLS, "a");
    private static final EntryKey B = new EntryKey(Section.IP_ADDRESS_POOLS, "b");
    private static final String ONE = "10.0.1.0/24";
    private static final String TWO = "10.0.2.0/24";
    private static final String TYPO = "10.0.2.0/240";

    private static String pools(String... pools) {
        StringBuilder yaml = new StringBuilder("ipAddressPools:\n");
        for (String pool : pools) {
            String[] parts = pool.split("=", 2);
            yaml.append("- {name: ")
                    .append(parts[0])
                    .append(", addresses: [")
                    .append(parts[1])
                    .append("]}\n");
        }
        return yaml.toString();
    }

    private static Publication edit(EffectiveConfig published, String yaml) {
        return Publication.of(Optional.of(published), ConfigReader.read(yaml));
    }

    private static List<String> inForce(Publication publication) {
        return publication.effective().config().ipAddressPools().stream()
                .map(pool -> pool.name() + "=" + pool.ranges().getFirst())
                .toList();
    }

    @Test
    void generationGrowsOnlyWhenTheContentChanges() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE));
        assertThat(first.generation()).isEqualTo(1);
        EffectiveConfig same = edit(first, "# comment\n" + pools("a=" + ONE)).effective();
        assertThat(same).isEqualTo(first);
        assertThat(edit(same, pools("a=" + TWO)).effective().generation()).isEqualTo(2);
    }

    @Test
    void nothingPublishedAndAnEmptyDocumentIsGenerationZero() {
        assertThat(EffectiveConfig.next(Optional.empty(), ConfigReader.read("")))
                .isEqualTo(EffectiveConfig.NONE);
    }

    @Test
    void badEntryKeepsItsPublishedFormAndTheRestApplies() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE, "b=" + TWO));
        Publication edited = edit(first, pools("a=10.0.3.0/24", "b=" + TYPO, "c=10.0.4.0/24"));
        assertThat(inForce(edited)).containsExactly("a=10.0.3.0/24", "b=" + TWO, "c=10.0.4.0/24");
        assertThat(edited.effective().kept()).isEqualTo(Map.of(B, 1L));
        assertThat(edited.effective().generation()).isEqualTo(2);
        Publication again = edit(edited.effective(), pools("a=10.0.5.0/24", "b=" + TYPO));
        assertThat(again.effective().keptFrom(B))
                .as("still from where it was right")
                .hasValue(1);
        assertThat(again.effective().keptFrom(A)).isEmpty();
        Publication repaired = edit(again.effective(), pools("a=10.0.5.0/24", "b=" + TWO));
        assertThat(repaired.effective().kept()).isEmpty();
        assertThat(repaired.effective().generation())
                .isEqualTo(again.effective().generation());
    }

    @Test
    void badEntryThatIsNewIsOut() {
        Publication cold = Publication.of(Optional.empty(), ConfigReader.read(pools("a=" + ONE, "b=" + TYPO)));
        assertThat(inForce(cold)).containsExactly("a=" + ONE);
        assertThat(cold.problems()).hasSize(1);
    }

    @Test
    void entryThatIsGoneIsGone() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE, "b=" + TWO));
        assertThat(inForce(edit(first, pools("b=" + TWO)))).containsExactly("b=" + TWO);
        assertThat(edit(first, "l2Advertisements: []").effective().config()).isEqualTo(Config.EMPTY);
    }

    @Test
    void nothingIsRemovedFromAListInWhichANameCannotBeRead() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE, "b=" + TWO));
        for (String doubtful : List.of(
                pools("A=" + ONE, "b=" + TWO),
                "ipAddressPools:\n- addresses: [" + ONE + "]\n- {name: b, addresses: [" + TWO + "]}\n",
                "ipAddressPools:\n- junk\n- {name: b, addresses: [" + TWO + "]}\n",
                "ipAddressPools: junk\n",
                "ipAdressPools:\n- {name: b, addresses: [" + TWO + "]}\n")) {
            Publication edited = edit(first, doubtful);
            assertThat(edited.effective().config().pool("a"))
                    .as(doubtful)
                    .isEqualTo(first.config().pool("a"));
            assertThat(edited.effective().config().pool("b"))
                    .as(doubtful)
                    .isEqualTo(first.config().pool("b"));
            assertThat(edited.effective().keptFrom(A)).hasValue(1);
            assertThat(edited.problems())
                    .filteredOn(problem -> problem.reason() == ProblemReason.REMOVAL_IN_DOUBT)
                    .singleElement()
                    .satisfies(problem ->
                            assertThat(problem.message()).contains("a").contains("kept until"));
        }
    }

    @Test
    void documentThatCannotBeReadKeepsEverything() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE, "b=" + TWO));
        Publication edited = edit(first, "ipAddressPools: [");
        assertThat(edited.effective().config()).isEqualTo(first.config());
        assertThat(edited.effective().generation()).isEqualTo(1);
        assertThat(edited.effective().kept()).containsOnlyKeys(A, B).containsValue(1L);
        assertThat(edited.problems()).hasSize(1);
    }

    @Test
    void newPoolThatOverlapsAPublishedOneIsOutEvenIfItStandsFirst() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE));
        Publication edited = edit(first, pools("new=10.0.0.0/16", "a=" + ONE));
        assertThat(inForce(edited)).containsExactly("a=" + ONE);
        assertThat(edited.effective()).isEqualTo(first);
        assertThat(edited.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "config.yaml:2:27 ipAddressPools/new addresses[0]: 10.0.0.0/16 overlaps 10.0.1.0/24 of "
                                + "ipAddressPools/a");
    }

    @Test
    void newPoolThatOverlapsAKeptFormIsOut() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE, "b=" + TWO));
        Publication edited = edit(first, pools("new=" + TWO, "a=" + ONE, "b=" + TYPO));
        assertThat(inForce(edited)).containsExactly("a=" + ONE, "b=" + TWO);
        assertThat(edited.problems())
                .extracting(Problem::toString)
                .first()
                .asString()
                .endsWith("overlaps 10.0.2.0/24 of ipAddressPools/b, which is in force");
    }

    @Test
    void poolsMaySwapTheirAddresses() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE, "b=" + TWO));
        Publication edited = edit(first, pools("a=" + TWO, "b=" + ONE));
        assertThat(edited.problems()).isEmpty();
        assertThat(inForce(edited)).containsExactly("a=" + TWO, "b=" + ONE);
    }

    @Test
    void changeThatTakesAnAddressWhoseOwnerMustKeepItFallsBackToo() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE, "b=" + TWO));
        Publication edited = edit(first, pools("a=" + TWO, "b=10.0.2.0-10.0.3.0"));
        assertThat(edited.effective().config()).isEqualTo(first.config());
        assertThat(edited.effective().kept()).containsOnlyKeys(A, B);
        assertThat(edited.problems())
                .extracting(Problem::object)
                .containsExactly("ipAddressPools/a", "ipAddressPools/b");
    }

    @Test
    void nameGivenTwiceChangesNothingThatIsInForce() {
        EffectiveConfig first = Samples.publish(pools("a=" + ONE));
        Publication edited = edit(first, pools("a=" + TWO, "a=" + ONE));
        assertThat(inForce(edited)).containsExactly("a=" + ONE);
        assertThat(edited.problems())
                .extracting(Problem::toString)
                .containsExactly("config.yaml:3:3 ipAddressPools/a: the entry at line 2 has this name too; "
                        + "give each its own");
        assertThat(edited.effective().kept()).as("one of the two says the same").isEmpty();
        Publication third = edit(first, pools("a=" + TWO, "a=10.0.3.0/24"));
        assertThat(inForce(third)).containsExactly("a=" + ONE);
        assertThat(third.effective().keptFrom(A)).hasValue(1);
        Publication cold = Publication.of(Optional.empty(), ConfigReader.read(pools("a=" + TWO, "a=" + ONE)));
        assertThat(inForce(cold)).containsExactly("a=" + TWO);
    }

    @Test
    void peersOfOneAddressClashLikePools() {
        String peer = "- {name: %s, myASN: 1, peerASN: 2, peerAddress: 10.0.0.1}\n";
        Publication cold = Publication.of(
                Optional.empty(), ConfigReader.read("bgpPeers:\n" + peer.formatted("a") + peer.formatted("b")));
        assertThat(cold.effective().config().bgpPeers())
                .extracting(BgpPeer::name)
                .containsExactly("a");
        assertThat(cold.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "config.yaml:3:48 bgpPeers/b peerAddress: 10.0.0.1 is the address of bgpPeers/a already");
    }

    @Test
    void configurationInForceCannotHoldAClash() {
        Config overlap =
                new Config(List.of(pool("a", "10.0.0.0/24"), pool("b", "10.0.0.7")), List.of(), List.of(), List.of());
        assertThatThrownBy(() -> new EffectiveConfig(1, overlap)).isInstanceOf(IllegalArgumentException.class);
        Config twice =
                new Config(List.of(pool("a", "10.0.0.0/24"), pool("a", "10.1.0.7")), List.of(), List.of(), List.of());
        assertThatThrownBy(() -> new EffectiveConfig(1, twice)).isInstanceOf(IllegalArgumentException.class);
    }

    private static IpAddressPool pool(String name, String range) {
        return new IpAddressPool(name, List.of(IpRange.parse(range)), true);
    }
}
