package dev.clarion.controller.metallb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.allocation.PoolUsage;
import dev.clarion.config.ConfigReader;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.MetallbKind;
import dev.clarion.config.MetallbResource;
import dev.clarion.config.MetallbResourceReader;
import dev.clarion.config.Publication;
import dev.clarion.kube.ObjectKey;
import dev.clarion.net.IpFamily;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The counters in an IPAddressPool's status. */
class PoolCountersTest {
    private static MetallbResource pool(String name, String... addresses) {
        return new MetallbResource(
                MetallbKind.IP_ADDRESS_POOL,
                "v1beta1",
                "metallb-system",
                name,
                Map.of(),
                Map.of("addresses", List.of(addresses)));
    }

    @Test
    void countersAreThoseOfMetalLbAndEndAtTheLargestNumberItHas() {
        EffectiveConfig config = Publication.of(
                        Optional.empty(),
                        List.of(MetallbResourceReader.read(
                                List.of(pool("lan", "10.0.0.0/24", "fd00::/64"), pool("empty", "10.0.1.0/24")),
                                Set.of())))
                .effective();
        PoolCounters.Count count = new PoolCounters.Count(
                config,
                List.of(
                        new PoolUsage("lan", IpFamily.IPV4, BigInteger.valueOf(256), 7, 2, 0, 1),
                        new PoolUsage("lan", IpFamily.IPV6, BigInteger.ONE.shiftLeft(64), 3, 0, 0, 0)));

        assertThat(PoolCounters.wanted(count))
                .isEqualTo(Map.of(
                        new ObjectKey("metallb-system", "lan"),
                        Map.of(
                                "assignedIPv4", 7L,
                                "availableIPv4", 246L,
                                "assignedIPv6", 3L,
                                "availableIPv6", Long.MAX_VALUE),
                        new ObjectKey("metallb-system", "empty"),
                        Map.of("assignedIPv4", 0L, "availableIPv4", 0L, "assignedIPv6", 0L, "availableIPv6", 0L)));
    }

    @Test
    void poolsOfOtherSourcesHaveNoStatus() {
        EffectiveConfig config = Publication.of(
                        Optional.empty(), ConfigReader.read("ipAddressPools:\n- {name: a, addresses: [10.0.0.0/24]}\n"))
                .effective();
        assertThat(PoolCounters.wanted(new PoolCounters.Count(config, List.of())))
                .isEmpty();
    }
}
