package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.config.LabelSelector.Operator;
import dev.clarion.config.LabelSelector.Requirement;
import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the values themselves know: selectors, pools, who is admitted. */
class ModelTest {

    private static LabelSelector labels(String key, String value) {
        return new LabelSelector(Map.of(key, value), List.of());
    }

    private static LabelSelector demand(String key, Operator operator, String... values) {
        return new LabelSelector(Map.of(), List.of(new Requirement(key, operator, List.of(values))));
    }

    @ParameterizedTest(name = "{0} {1} on app={2}: {3}")
    @CsvSource({
        "IN, web;db, web, true",
        "IN, web;db, dns, false",
        "IN, web, , false",
        "NOT_IN, web;db, web, false",
        "NOT_IN, web;db, dns, true",
        "NOT_IN, web, , true",
        "EXISTS, , web, true",
        "EXISTS, , , false",
        "DOES_NOT_EXIST, , web, false",
        "DOES_NOT_EXIST, , , true",
    })
    void operatorsAreThoseOfKubernetes(Operator operator, String values, String value, boolean matches) {
        LabelSelector selector = demand("app", operator, values == null ? new String[0] : values.split(";", -1));
        Map<String, String> labels = value == null ? Map.of("other", "web") : Map.of("app", value, "other", "x");
        assertThat(selector.matches(labels)).isEqualTo(matches);
    }

    @Test
    void everyPartOfASelectorMustHold() {
        LabelSelector both = new LabelSelector(
                Map.of("app", "web", "tier", "front"),
                List.of(new Requirement("old", Operator.DOES_NOT_EXIST, List.of())));
        assertThat(both.matches(Map.of("app", "web", "tier", "front"))).isTrue();
        assertThat(both.matches(Map.of("app", "web"))).isFalse();
        assertThat(both.matches(Map.of("app", "web", "tier", "front", "old", "")))
                .isFalse();
        assertThat(LabelSelector.EVERYTHING.matches(Map.of())).isTrue();
    }

    @Test
    void selectorsThatSayTheSameAreEqual() {
        Requirement one = new Requirement("a", Operator.IN, List.of("y", "x", "y"));
        Requirement two = new Requirement("b", Operator.EXISTS, List.of());
        assertThat(new LabelSelector(Map.of(), List.of(one, two, one)))
                .isEqualTo(new LabelSelector(
                        Map.of(), List.of(two, new Requirement("a", Operator.IN, List.of("x", "y")))));
        assertThatThrownBy(() -> new Requirement("a", Operator.IN, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Requirement("a", Operator.EXISTS, List.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void poolIsForTheNamespacesAndServicesThatItSays() {
        Map<String, String> blue = Map.of("team", "blue");
        Map<String, String> web = Map.of("app", "web");
        ServiceAllocation open = new ServiceAllocation(0, List.of(), List.of(), List.of());
        assertThat(open.admits("any", Map.of(), Map.of())).isTrue();
        ServiceAllocation named = new ServiceAllocation(0, List.of("a"), List.of(), List.of());
        assertThat(named.admits("a", Map.of(), Map.of())).isTrue();
        assertThat(named.admits("b", Map.of(), Map.of())).isFalse();
        ServiceAllocation either = new ServiceAllocation(0, List.of("a"), List.of(labels("team", "blue")), List.of());
        assertThat(either.admits("a", Map.of(), Map.of())).isTrue();
        assertThat(either.admits("b", blue, Map.of())).isTrue();
        assertThat(either.admits("b", Map.of(), Map.of())).isFalse();
        ServiceAllocation both = new ServiceAllocation(0, List.of("a"), List.of(), List.of(labels("app", "web")));
        assertThat(both.admits("a", Map.of(), web)).isTrue();
        assertThat(both.admits("a", Map.of(), Map.of())).isFalse();
        assertThat(both.admits("b", Map.of(), web)).isFalse();
    }

    @Test
    void selectorThatMatchesNoNamespaceAdmitsNone() {
        ServiceAllocation nobody = new ServiceAllocation(0, List.of(), List.of(labels("team", "gone")), List.of());
        assertThat(nobody.admits("a", Map.of("team", "blue"), Map.of())).isFalse();
        Quota quota = new Quota("q", List.of(), List.of(labels("team", "gone")), List.of(), 1);
        assertThat(quota.appliesTo("a", Map.of())).isFalse();
        assertThat(new Quota("q", List.of(), List.of(), List.of(), 1).appliesTo("a", Map.of()))
                .isTrue();
        assertThat(new Quota("q", List.of(), List.of(), List.of("p"), 1).countsIn("q"))
                .isFalse();
    }

    @Test
    void advertisementSelectsPoolsByNameOrLabel() {
        IpAddressPool front = pool("front", false, Map.of("tier", "front"), "10.0.0.0/24");
        IpAddressPool back = pool("back", false, Map.of("tier", "back"), "10.0.1.0/24");
        assertThat(l2(List.of(), List.of()).selects(front)).isTrue();
        assertThat(l2(List.of("back"), List.of()).selects(front)).isFalse();
        assertThat(l2(List.of("back"), List.of(labels("tier", "front"))).selects(front))
                .isTrue();
        assertThat(l2(List.of("back"), List.of(labels("tier", "front"))).selects(back))
                .isTrue();
        assertThat(l2(List.of(), List.of(labels("tier", "none"))).selects(front))
                .isFalse();
        assertThat(l2(List.of(), List.of(labels("tier", "none"))).selects("front"))
                .isFalse();
    }

    private static L2Advertisement l2(List<String> pools, List<LabelSelector> selectors) {
        return new L2Advertisement("a", pools, selectors, List.of(), List.of(), List.of(), List.of());
    }

    private static IpAddressPool pool(
            String name, boolean avoid, Map<String, String> labels, String ranges, String... exclude) {
        return new IpAddressPool(
                name,
                List.of(ranges.split(",", -1)).stream().map(IpRange::parse).toList(),
                List.of(exclude).stream().map(IpRange::parse).toList(),
                true,
                avoid,
                Optional.empty(),
                OnRemoval.KEEP,
                Duration.ZERO,
                Duration.ZERO,
                labels);
    }

    @Test
    void excludedAndBuggyAddressesAreGivenToNobody() {
        IpAddressPool pool = pool("a", true, Map.of(), "10.0.0.250-10.0.1.5,fd00::/127", "10.0.1.2-10.0.1.3");
        assertThat(pool.addresses())
                .isEqualTo(AddressSet.of(
                        IpRange.parse("10.0.0.250-10.0.0.254"),
                        IpRange.parse("10.0.1.1"),
                        IpRange.parse("10.0.1.4-10.0.1.5"),
                        IpRange.parse("fd00::/127")));
        assertThat(pool.contains(Ip.parse("10.0.0.255"))).isFalse();
        assertThat(pool.contains(Ip.parse("10.0.1.0"))).isFalse();
        assertThat(pool.contains(Ip.parse("10.0.1.2"))).isFalse();
        assertThat(pool.contains(Ip.parse("10.0.1.4"))).isTrue();
        assertThat(pool.contains(Ip.parse("fd00::"))).isTrue();
        assertThat(pool.covers(Ip.parse("10.0.1.2"))).isTrue();
        assertThat(pool.covers(Ip.parse("10.0.1.6"))).isFalse();
        assertThat(pool.size(IpFamily.IPV4)).isEqualTo(8);
        assertThat(pool.size(IpFamily.IPV6)).isEqualTo(2);
    }

    /** The arithmetic against the set itself, address by address at the edges. */
    @Test
    void sizeIsThatOfTheAddressesWhateverTheRange() {
        for (long seed = 1; seed <= 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long from = random.nextLong(0x0a00_0000L, 0x0a00_0800L);
            long to = from + random.nextLong(0, 1_200);
            IpRange range = new IpRange(Ip.ofV4((int) from), Ip.ofV4((int) to));
            long hole = from + random.nextLong(0, 400);
            String excluded = Ip.ofV4((int) hole) + "-" + Ip.ofV4((int) (hole + random.nextLong(0, 300)));
            IpAddressPool pool = pool("a", true, Map.of(), range.toString(), excluded);
            AddressSet addresses = pool.addresses();
            assertThat(pool.size(IpFamily.IPV4)).as("seed " + seed).isEqualTo(addresses.size());
            for (long bits = from - 1; bits <= to + 1; bits++) {
                Ip ip = Ip.ofV4((int) bits);
                assertThat(pool.contains(ip)).as("seed " + seed + " " + ip).isEqualTo(addresses.contains(ip));
            }
        }
    }

    @Test
    void wholeSlashEightWithoutBuggyAddressesIsCountedAtOnce() {
        IpAddressPool pool = pool("a", true, Map.of(), "10.0.0.0/8");
        assertThat(pool.size(IpFamily.IPV4)).isEqualTo((1 << 24) - 2 * 65_536);
        assertThat(pool.addresses().size()).isEqualTo(pool.size(IpFamily.IPV4));
    }

    @Test
    void annotationsHaveOurKeyFirst() {
        assertThat(ServiceAnnotation.ADDRESSES.keys())
                .containsExactly(
                        "clarion.dev/addresses", "metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs");
        assertThat(ServiceAnnotation.SHARING_NAMESPACES.keys()).containsExactly("clarion.dev/sharing-namespaces");
        assertThat(ServiceAnnotation.ADDRESS_POOL.keyIn(
                        Map.of("metallb.universe.tf/address-pool", "a", "metallb.io/address-pool", "b")))
                .contains("metallb.io/address-pool");
        assertThat(ServiceAnnotation.ADDRESS_POOL.keyIn(Map.of("app", "x"))).isEmpty();
        assertThat(ServiceAnnotation.isDeprecated("metallb.universe.tf/address-pool"))
                .isTrue();
        assertThat(ServiceAnnotation.isDeprecated("metallb.io/address-pool")).isFalse();
    }
}
