package dev.clarion.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which routers are remembered, and for how long. */
class RouterTableTest {
    private static final Ip ONE = Ip.parse("fe80::1");
    private static final Ip TWO = Ip.parse("fe80::2");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final RouterTable table = new RouterTable();

    @Test
    void aRouterIsNewOnceAndTheSameAddressOnAnotherInterfaceIsAnotherRouter() {
        assertThat(table.heard(3, ONE, 0)).isTrue();
        assertThat(table.heard(3, ONE, SECOND)).isFalse();
        assertThat(table.heard(4, ONE, SECOND)).isTrue();
        assertThat(table.snapshot()).isEqualTo(Map.of(3, Set.of(ONE), 4, Set.of(ONE)));
    }

    @Test
    void aSilentRouterIsForgottenAndOneThatSpeaksIsNot() {
        table.heard(3, ONE, 0);
        table.heard(3, TWO, 60 * SECOND);
        assertThat(table.expire(90 * SECOND)).isFalse();
        assertThat(table.expire(91 * SECOND)).isTrue();
        assertThat(table.snapshot()).isEqualTo(Map.of(3, Set.of(TWO)));
    }

    @Test
    void theRoutersOfAnInterfaceGoWithIt() {
        table.heard(3, ONE, 0);
        table.heard(4, TWO, 0);
        assertThat(table.retain(Set.of(3, 4))).isFalse();
        assertThat(table.retain(Set.of(4))).isTrue();
        assertThat(table.snapshot()).isEqualTo(Map.of(4, Set.of(TWO)));
    }

    @Test
    void aFloodOfRoutersCostsNothing() {
        for (int i = 0; i < 100_000; i++) {
            table.heard(3, Ip.ofV6(0xfe80L << 48, i), 0);
        }
        assertThat(table.snapshot().get(3)).hasSize(RouterTable.MOST);
    }
}
