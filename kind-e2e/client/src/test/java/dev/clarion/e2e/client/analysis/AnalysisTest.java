package dev.clarion.e2e.client.analysis;

import static dev.clarion.e2e.client.analysis.Runs.BASE;
import static dev.clarion.e2e.client.analysis.Runs.INTERVAL;
import static dev.clarion.e2e.client.analysis.Runs.MS;
import static dev.clarion.e2e.client.analysis.Runs.analysed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnalysisTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // what happened, the run, sent, answered, lost, outages, outage ms, longest ms, loss-derived ms
        "nothing went wrong, ......, 6, 6, 0, 0, 0, 0, 0",
        "no request at all, '', 0, 0, 0, 0, 0, 0, 0",
        "one request is lost: until the next was sent, ..x..., 6, 5, 1, 1, 5, 5, 5",
        "three in a row are one outage, ..xxx., 6, 3, 3, 1, 15, 15, 15",
        "two outages add up and the longest is told, .xx..xxx., 9, 4, 5, 2, 25, 15, 25",
        "it begins with the run, xx...., 6, 4, 2, 1, 10, 10, 10",
        "it has not ended: one interval after the last loss, ....xx, 6, 4, 2, 1, 10, 10, 10",
        "nobody ever answers, xxxx, 4, 0, 4, 1, 20, 20, 20",
        "a late answer is an answer and ends an outage, .xxs.., 6, 4, 2, 1, 10, 10, 10",
        "late answers alone are no outage, .ssss., 6, 6, 0, 0, 0, 0, 0",
        "every kind of failure is a loss and all are one outage, .xfrcu., 7, 2, 5, 1, 25, 25, 25",
        "a skipped request is neither sent nor lost, ..--.., 4, 4, 0, 0, 0, 0, 0",
        "a skip within an outage neither ends it nor counts as lost, .x-x.., 5, 3, 2, 1, 15, 15, 10",
        "a skip at its end leaves it open until something was sent, .x--.., 4, 3, 1, 1, 15, 15, 5",
        "a skip before it does not begin it, .-x..., 5, 4, 1, 1, 5, 5, 5",
    })
    void outages_are_sized_by_time_and_by_loss(
            String what,
            String run,
            int sent,
            int answered,
            int lost,
            int outages,
            long outageMs,
            long longestMs,
            long lossMs) {
        Analysis a = analysed(run);
        assertThat(a.sent()).isEqualTo(sent);
        assertThat(a.answered()).isEqualTo(answered);
        assertThat(a.lost()).isEqualTo(lost);
        assertThat(a.outages()).hasSize(outages);
        assertThat(a.outageNanos()).isEqualTo(outageMs * MS);
        assertThat(a.longestOutageNanos()).isEqualTo(longestMs * MS);
        assertThat(a.lossDerivedNanos()).isEqualTo(lossMs * MS);
    }

    @Test
    void an_outage_tells_its_edges_and_the_most_that_it_can_have_lasted() {
        assertThat(analysed("...xxx..").outages())
                .containsExactly(
                        new Window(Window.Kind.OUTAGE, BASE + 15 * MS, BASE + 30 * MS, 3, 20 * MS, false, false));
    }

    @Test
    void an_outage_from_the_first_request_is_bounded_by_it_and_one_to_the_last_is_open() {
        assertThat(analysed("xx.xx").outages())
                .containsExactly(
                        new Window(Window.Kind.OUTAGE, BASE, BASE + 10 * MS, 2, 10 * MS, false, false),
                        new Window(Window.Kind.OUTAGE, BASE + 15 * MS, BASE + 25 * MS, 2, 15 * MS, true, false));
    }

    @Test
    void late_answers_make_a_slow_window() {
        assertThat(analysed("..sss..").slow())
                .containsExactly(
                        new Window(Window.Kind.SLOW, BASE + 10 * MS, BASE + 25 * MS, 3, 20 * MS, false, false));
    }

    @Test
    void a_stall_runs_from_the_first_slot_missed_to_when_the_client_noticed() {
        Analysis a = analysed("..---...");
        assertThat(a.stalls())
                .containsExactly(new Window(
                        Window.Kind.STALL, BASE + 10 * MS, BASE + 25 * MS + MS / 2, 0, 15 * MS + MS / 2, false, true));
        assertThat(a.lateness().max()).isEqualTo(15 * MS + MS / 2);
        assertThat(a.outages()).isEmpty();
    }

    @Test
    void a_request_sent_late_is_a_stall_of_its_own() {
        assertThat(analysed("..t..").stalls())
                .containsExactly(new Window(Window.Kind.STALL, BASE + 10 * MS, BASE + 16 * MS, 1, 6 * MS, false, true));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "the client stalls in the outage, ..x--x.., true",
        "the stall ends what was lost before it, ..xx--.., true",
        "the stall comes just before the first loss, ..--xx.., true",
        "the stall was over before the last good request, --..xx.., false",
        "the stall comes after the first good request, ..xx..--, false",
        "no stall, ..xx.., false",
    })
    void an_outage_whose_edges_the_client_may_have_blurred_is_marked(String what, String run, boolean marked) {
        assertThat(analysed(run).outages()).hasSize(1).allMatch(w -> w.clientLate() == marked);
    }

    @Test
    void a_slow_answer_that_the_client_read_late_itself_is_marked() {
        // Sent at 1010 ms, read at 1070 ms; the client stalls from 1055 to 1065.5 ms.
        assertThat(analysed("..s........--..").slow()).hasSize(1).allMatch(Window::clientLate);
        assertThat(analysed("..s.............--..").slow()).hasSize(1).noneMatch(Window::clientLate);
    }

    @Test
    void who_answered_is_told_as_a_line_in_time() {
        Analysis a = analysed(".2xxbb.");
        assertThat(a.tenures())
                .containsExactly(
                        new Tenure(new Responder("a", "a-pod"), BASE, BASE + 5 * MS, 2),
                        new Tenure(new Responder("b", "b-pod"), BASE + 20 * MS, BASE + 25 * MS, 2),
                        new Tenure(new Responder("a", "a-pod"), BASE + 30 * MS, BASE + 30 * MS, 1));
        assertThat(a.answersByNode())
                .containsEntry("a", 3)
                .containsEntry("b", 2)
                .hasSize(2);
        assertThat(a.duplicates()).isEqualTo(1);
    }

    @Test
    void round_trips_are_of_answered_requests_and_lateness_of_all() {
        Analysis a = analysed(".xst-.");
        assertThat(a.roundTrip()).isEqualTo(new Quantiles(4, MS, 60 * MS, 60 * MS));
        assertThat(a.lateness()).isEqualTo(new Quantiles(6, 0, 6 * MS, 6 * MS));
    }

    @Test
    void quantiles_are_values_that_were_measured() {
        long[] values = new long[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = 200L - i;
        }
        assertThat(Quantiles.of(values)).isEqualTo(new Quantiles(200, 100, 198, 200));
        assertThat(Quantiles.of(new long[] {7})).isEqualTo(new Quantiles(1, 7, 7, 7));
        assertThat(Quantiles.of(new long[] {})).isEqualTo(new Quantiles(0, 0, 0, 0));
    }

    /** Another way to the same sum: each lost request is out until the next request was sent, whatever became of that one. */
    @Test
    void the_outages_of_any_run_sum_up_to_the_gaps_behind_its_lost_requests() {
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2000; round++) {
            StringBuilder picture = new StringBuilder();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                picture.append("...bs2txxxfrcu-".charAt(random.nextInt(15)));
            }
            List<Sample> sent = Runs.drawn(picture.toString()).stream()
                    .filter(s -> s.outcome() != Outcome.SKIPPED)
                    .toList();
            long expected = 0;
            for (int i = 0; i < sent.size(); i++) {
                long next = i + 1 < sent.size()
                        ? sent.get(i + 1).sentNanos()
                        : sent.get(i).sentNanos() + INTERVAL;
                expected += sent.get(i).outcome().failed() ? next - sent.get(i).sentNanos() : 0;
            }
            Analysis a = analysed(picture.toString());
            assertThat(a.outageNanos()).as("seed %d, run %s", seed, picture).isEqualTo(expected);
            assertThat(a.outages().stream().mapToInt(Window::requests).sum()).isEqualTo(a.lost());
        }
    }
}
