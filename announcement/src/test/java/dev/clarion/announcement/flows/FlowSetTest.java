package dev.clarion.announcement.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowSetTest {
    private static final Ip A = Ip.parse("10.9.0.11");
    private static final Ip B = Ip.parse("10.9.0.12");

    private static Flow flow(int client) {
        return new Flow(6, Ip.parse("10.0.0.1"), client, Ip.parse("10.9.0.200"), 80);
    }

    @Test
    void whatIsRelayedKeepsItsHomeThoughTheKernelStillHasAnEntryOfEarlierTimes() {
        FlowSet set = FlowSet.NONE.and(A, List.of(flow(1))).and(B, List.of(flow(1), flow(2)));
        assertThat(set.byHome()).isEqualTo(Map.of(A, Set.of(flow(1)), B, Set.of(flow(2))));
    }

    @Test
    void theNextRoundIsWhatCameIntoBeingOrHasAnotherHome() {
        FlowSet before = FlowSet.NONE.and(A, List.of(flow(1), flow(2)));
        FlowSet now = FlowSet.NONE.and(A, List.of(flow(1), flow(3))).and(B, List.of(flow(2)));
        assertThat(now.without(before).byHome()).isEqualTo(Map.of(A, Set.of(flow(3)), B, Set.of(flow(2))));
        assertThat(before.without(before).size()).isZero();
    }

    @Test
    void itIsBoundedAndCountsWhatItLeavesOut() {
        List<Flow> many = new ArrayList<>();
        Ip client = Ip.parse("10.0.0.0");
        for (int i = 0; i < FlowSet.MAX + 3; i++) {
            client = client.next();
            many.add(new Flow(17, client, 1, A, 53));
        }
        FlowSet full = FlowSet.NONE.and(A, many);
        assertThat(full.size()).isEqualTo(FlowSet.MAX);
        assertThat(full.leftOut()).isEqualTo(3);
        assertThat(full.and(B, many.subList(0, 1)).leftOut())
                .as("one that is there")
                .isEqualTo(3);
        assertThat(FlowSet.all(List.of(full, FlowSet.NONE.and(B, List.of(flow(1)))))
                        .leftOut())
                .isEqualTo(4);
    }

    @Test
    void aTestPicksSome() {
        FlowSet set = FlowSet.NONE.and(A, List.of(flow(1), flow(2)));
        assertThat(set.only(flow -> flow.clientPort() == 2).byHome()).isEqualTo(Map.of(A, Set.of(flow(2))));
    }
}
