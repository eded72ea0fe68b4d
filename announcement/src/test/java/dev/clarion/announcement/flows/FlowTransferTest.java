package dev.clarion.announcement.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.flows.FlowArrivals.Arrival;
import dev.clarion.announcement.flows.FlowMessage.Heard;
import dev.clarion.announcement.flows.FlowMessage.Loaded;
import dev.clarion.announcement.flows.FlowMessage.Part;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FlowTransferTest {
    private static final Ip HOME = Ip.parse("fd09::11");
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private static FlowSet flows(int from, int count) {
        List<Flow> all = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            all.add(new Flow(
                    6, Ip.parse("fd01::" + Integer.toHexString(i & 0xffff)), i >> 16, Ip.parse("fd09::200"), 443));
        }
        return FlowSet.NONE.and(HOME, all);
    }

    private static Part part(int round, int number, int of, int flows) {
        return new Part(round, number, of, flows(number * 1_000, flows));
    }

    @Test
    void whateverIsLostOrComesTwiceTheWholeArrivesOnce() {
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double loss = random.nextDouble(0.5);
            FlowSet sent = flows(0, 1 + random.nextInt(8_000));
            FlowSending sending = new FlowSending(FlowMessage.parts(0, sent), 0);
            FlowArrivals arrivals = new FlowArrivals();
            List<FlowSet> arrived = new ArrayList<>();
            Optional<Loaded> told = Optional.empty();
            long now = 0;
            while (told.isEmpty()) {
                now += 10 * MILLI;
                assertThat(sending.hopeless(now)).as("seed %d", seed).isFalse();
                List<FlowMessage> back = new ArrayList<>();
                for (byte[] bytes : sending.due(now)) {
                    for (int copies = random.nextInt(3); copies > 0; copies--) {
                        Part part = (Part) FlowMessage.decode(bytes).orElseThrow();
                        Arrival arrival = arrivals.arrived("a", 4, part, now);
                        arrival.whole().ifPresent(whole -> {
                            arrived.add(whole);
                            arrivals.loaded("a", 4, 0, FlowReason.KEPT, whole.size(), 0);
                        });
                        arrival.answer().ifPresent(back::add);
                    }
                }
                for (FlowMessage answer : back) {
                    if (random.nextDouble() < loss) {
                        continue;
                    }
                    if (answer instanceof Heard heard) {
                        sending.heard(heard, now);
                    } else if (answer instanceof Loaded loaded) {
                        told = Optional.of(loaded);
                    }
                }
            }
            assertThat(arrived).as("seed %d", seed).containsExactly(sent);
            assertThat(told).contains(new Loaded(0, FlowReason.KEPT, sent.size()));
        }
    }

    @Test
    void noMoreAreOnTheirWayThanASocketHolds() {
        FlowSending sending = new FlowSending(FlowMessage.parts(0, flows(0, 20_000)), 0);
        assertThat(sending.due(0)).hasSize(FlowSending.WINDOW);
        assertThat(sending.due(MILLI)).isEmpty();
        sending.heard(new Heard(0, List.of(0, 5)), MILLI);
        assertThat(sending.due(MILLI)).hasSize(2);
        assertThat(sending.due(70 * MILLI)).hasSize(FlowSending.WINDOW);
    }

    @Test
    void whoIsSilentForTenSecondsIsGivenUp() {
        FlowSending sending = new FlowSending(FlowMessage.parts(0, flows(0, 1_000)), 0);
        sending.heard(new Heard(0, List.of(0)), 9_000 * MILLI);
        sending.heard(new Heard(0, List.of(0, 9_999)), 10_000 * MILLI);
        assertThat(sending.hopeless(18_999 * MILLI)).isFalse();
        assertThat(sending.hopeless(19_000 * MILLI)).isTrue();
    }

    @Test
    void nobodyCanMakeAReceiverHoldMoreThanItsBounds() {
        FlowArrivals arrivals = new FlowArrivals();
        for (int move = 0; move < FlowArrivals.MAX_ROUNDS; move++) {
            assertThat(arrivals.arrived("a", move, part(0, 0, 2, 1), 0).answer())
                    .isPresent();
        }
        assertThat(arrivals.arrived("a", 9_999, part(0, 0, 2, 1), 0).answer()).isEmpty();
        arrivals.tidy(30_000 * MILLI);
        assertThat(arrivals.idle()).isTrue();
        Part half = part(0, 0, 3, FlowSet.MAX / 2);
        assertThat(arrivals.arrived("a", 1, half, 0).answer()).isPresent();
        assertThat(arrivals.arrived("b", 1, half, 0).answer()).isPresent();
        assertThat(arrivals.arrived("c", 1, part(0, 1, 3, 1), 0).answer()).isEmpty();
        assertThat(arrivals.arrived("a", 1, part(0, 1, 3, 1), 0).answer()).isEmpty();
        arrivals.loaded("b", 1, 0, FlowReason.NO_ROOM, 0, 0);
        assertThat(arrivals.arrived("a", 1, part(0, 1, 3, 1), 0).answer()).isPresent();
    }

    @Test
    void aRoundThatChangesItsLengthIsNotBelieved() {
        FlowArrivals arrivals = new FlowArrivals();
        arrivals.arrived("a", 1, part(0, 0, 2, 1), 0);
        assertThat(arrivals.arrived("a", 1, part(0, 0, 1, 1), 0))
                .isEqualTo(new Arrival(Optional.empty(), Optional.empty()));
        assertThat(arrivals.arrived("a", 1, part(0, 1, 2, 1), 0).whole()).isPresent();
    }

    @Test
    void roundsAndHandOversAndSendersAreToldApart() {
        FlowArrivals arrivals = new FlowArrivals();
        assertThat(arrivals.arrived("a", 1, part(0, 0, 1, 3), 0).whole()).contains(flows(0, 3));
        assertThat(arrivals.arrived("a", 1, part(0, 0, 1, 3), 0).whole()).isEmpty();
        assertThat(arrivals.arrived("a", 1, part(1, 0, 1, 3), 0).whole()).isPresent();
        assertThat(arrivals.arrived("a", 2, part(0, 0, 1, 3), 0).whole()).isPresent();
        assertThat(arrivals.arrived("b", 1, part(0, 0, 1, 3), 0).whole()).isPresent();
    }
}
