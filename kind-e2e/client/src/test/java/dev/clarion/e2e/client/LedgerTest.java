package dev.clarion.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Sample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerTest {
    private static final long MS = 1_000_000;

    private final Responders responders = new Responders();
    private final Ledger ledger = new Ledger(new Schedule(1000 * MS, 5 * MS, 10), responders);

    @Test
    void a_request_is_answered_once_and_then_duplicated() {
        ledger.sent(0, 1001 * MS);
        answer("0 n1 pod-1", 1003 * MS);
        answer("0 n2 pod-2", 1004 * MS);

        Sample sample = ledger.samples().getFirst();
        assertThat(sample.outcome()).isEqualTo(Outcome.OK);
        assertThat(sample.roundTripNanos()).isEqualTo(2 * MS);
        assertThat(sample.latenessNanos()).isEqualTo(MS);
        assertThat(sample.responder().orElseThrow()).hasToString("n1/pod-1");
        assertThat(sample.duplicates()).isEqualTo(1);
        assertThat(ledger.waiting()).isZero();
    }

    @Test
    void an_answer_after_more_than_fifty_milliseconds_is_late() {
        ledger.sent(0, 1000 * MS);
        ledger.sent(1, 1005 * MS);
        answer("0 n1 pod-1", 1050 * MS);
        answer("1 n1 pod-1", 1055 * MS + 1);

        assertThat(ledger.samples()).extracting(Sample::outcome).containsExactly(Outcome.OK, Outcome.LATE);
    }

    @Test
    void what_still_waits_at_the_end_is_lost_and_what_failed_keeps_its_cause() {
        ledger.sent(0, 1000 * MS);
        ledger.sent(1, 1005 * MS);
        ledger.skipped(2, 1018 * MS);
        ledger.failed(1, Outcome.REFUSED);
        ledger.failed(1, Outcome.RESET);

        assertThat(ledger.samples())
                .extracting(Sample::outcome)
                .containsExactly(Outcome.LOST, Outcome.REFUSED, Outcome.SKIPPED);
        assertThat(ledger.waiting()).isEqualTo(1);
    }

    @Test
    void a_request_that_was_given_up_and_then_answered_is_answered() {
        ledger.sent(0, 1000 * MS);
        ledger.failed(0, Outcome.REFUSED);
        answer("0 n1 pod-1", 1001 * MS);

        assertThat(ledger.samples().getFirst().outcome()).isEqualTo(Outcome.OK);
        assertThat(ledger.waiting()).isZero();
    }

    @Test
    void a_broken_connection_fails_only_what_waits_on_it() {
        for (int i = 0; i < 4; i++) {
            ledger.sent(i, (1000 + 5 * i) * MS);
        }
        answer("2 n1 pod-1", 1016 * MS);
        ledger.failedFrom(1, Outcome.RESET);

        assertThat(ledger.samples())
                .extracting(Sample::outcome)
                .containsExactly(Outcome.LOST, Outcome.RESET, Outcome.OK, Outcome.RESET);
        assertThat(ledger.newestWaiting(3)).isZero();
    }

    @Test
    void the_newest_that_waits_is_found_below_a_limit() {
        ledger.sent(0, 1000 * MS);
        ledger.sent(1, 1005 * MS);
        ledger.sent(2, 1010 * MS);
        answer("1 n1 pod-1", 1011 * MS);

        assertThat(ledger.newestWaiting(Integer.MAX_VALUE)).isEqualTo(2);
        assertThat(ledger.newestWaiting(1)).isZero();
        ledger.failed(0, Outcome.REFUSED);
        assertThat(ledger.newestWaiting(1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0 ",
                "0 n1",
                "0 n1 ",
                "0  n1 pod",
                "x n1 pod",
                "-1 n1 pod",
                "1 n1 pod",
                "2 n1 pod",
                "99999999999999 n1 pod",
                "4294967296 n1 pod",
                "0 n1 pod more",
                "0 n1,x pod",
                "0 n1 \"pod",
                "0\tn1 pod"
            })
    void what_answers_no_request_is_a_stray(String text) {
        ledger.sent(0, 1000 * MS);
        ledger.skipped(1, 1006 * MS);
        answer(text, 1001 * MS);

        assertThat(ledger.strays()).isEqualTo(1);
        assertThat(ledger.samples()).extracting(Sample::outcome).containsExactly(Outcome.LOST, Outcome.SKIPPED);
    }

    @Test
    void on_a_connection_for_one_request_the_answer_to_another_is_a_stray() {
        ledger.sent(0, 1000 * MS);
        ledger.sent(1, 1005 * MS);
        ByteBuffer bytes = bytes("0 n1 pod-1");
        Echo.settle(bytes, 0, bytes.limit(), 1, 1006 * MS, ledger, responders);

        assertThat(ledger.strays()).isEqualTo(1);
        assertThat(ledger.waiting()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 10, 99, 100, 123456, Integer.MAX_VALUE})
    void numbers_are_written_in_decimal(int number) {
        ByteBuffer buffer = ByteBuffer.allocate(16);
        Echo.putNumber(buffer, number);
        assertThat(StandardCharsets.US_ASCII.decode(buffer.flip()).toString()).isEqualTo(Integer.toString(number));
    }

    @Test
    void a_flood_of_made_up_names_ends_as_strays() {
        for (int i = 0; i < Responders.LIMIT; i++) {
            ByteBuffer name = bytes("n " + i);
            assertThat(responders.index(name, 0, name.limit())).isEqualTo(i);
        }
        ByteBuffer more = bytes("n more");
        assertThat(responders.index(more, 0, more.limit())).isEqualTo(-1);
        ByteBuffer known = bytes("n 7");
        assertThat(responders.index(known, 0, known.limit())).isEqualTo(7);
    }

    private void answer(String text, long atNanos) {
        ByteBuffer bytes = bytes(text);
        Echo.settle(bytes, 0, bytes.limit(), Echo.ANY, atNanos, ledger, responders);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
