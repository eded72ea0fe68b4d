package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.IpFamily;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How full pools are, exactly (mistakes 9 and 10 of the inventory). */
class PoolUsageTest {
    private final Cluster cluster = new Cluster();

    private List<PoolUsage> usage() {
        return PoolUsage.of(cluster.view().config(), cluster.ledger(), cluster.now());
    }

    @Test
    void eachKindIsCountedOnceAndAllMakeUpTheTotal() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.0-10.0.0.255", "fd00::/64")
                        .avoidBuggyIps()
                        .exclude("10.0.0.200-10.0.0.209")
                        .retention(Duration.ofMinutes(10))
                        .coolDown(Duration.ofMinutes(20)))
                .reserve("web", "10.0.0.100", "10.0.0.205", "fd00::5")
                .add(Svc.named("a"), Svc.named("b"), Svc.named("c").dual(FamilyPolicy.REQUIRE_DUAL_STACK))
                .settle();
        cluster.delete("b").settle();

        assertThat(usage())
                .containsExactly(
                        new PoolUsage("lan", IpFamily.IPV4, BigInteger.valueOf(244), 2, 1, 1, 0),
                        new PoolUsage("lan", IpFamily.IPV6, BigInteger.TWO.pow(64), 1, 1, 0, 0));
        assertThat(usage().get(0).available()).isEqualTo(BigInteger.valueOf(240));
        assertThat(usage().get(1).available()).isEqualTo(new BigInteger("18446744073709551614"));

        cluster.later(Duration.ofMinutes(15));
        assertThat(usage().get(0).resting()).isEqualTo(1);
        assertThat(usage().get(0).retained()).isZero();
        cluster.later(Duration.ofMinutes(15));
        assertThat(usage().get(0).available()).isEqualTo(BigInteger.valueOf(241));
    }

    @Test
    void anAddressOutsideItsPoolAndOneThatAnotherHasThoughReservedAreNotCountedTwice() {
        cluster.pool("lan", "10.0.0.1-10.0.0.4")
                .add(Svc.named("a"), Svc.named("b"))
                .settle();
        cluster.pool("lan", "10.0.0.2-10.0.0.4").reserve("web", "10.0.0.2").settle();

        assertThat(usage()).containsExactly(new PoolUsage("lan", IpFamily.IPV4, BigInteger.valueOf(3), 1, 0, 0, 0));
    }
}
