package dev.clarion.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScheduleTest {
    private final Schedule schedule = new Schedule(1000, 5, 10);

    @Test
    void requests_are_due_at_fixed_times_whatever_became_of_those_before() {
        assertThat(schedule.dueNanos(0)).isEqualTo(1000);
        assertThat(schedule.dueNanos(9)).isEqualTo(1045);
    }

    @Test
    void a_sender_in_time_sends_the_next_and_a_late_one_the_newest_that_is_due() {
        assertThat(schedule.newestDue(3, 1015)).isEqualTo(3);
        assertThat(schedule.newestDue(3, 1019)).isEqualTo(3);
        assertThat(schedule.newestDue(3, 1020)).isEqualTo(4);
        assertThat(schedule.newestDue(3, 1039)).isEqualTo(7);
    }

    @Test
    void it_neither_goes_back_nor_past_the_end() {
        assertThat(schedule.newestDue(3, 1014)).isEqualTo(3);
        assertThat(schedule.newestDue(0, 990)).isZero();
        assertThat(schedule.newestDue(3, 9999)).isEqualTo(9);
    }

    @Test
    void a_day_of_requests_does_not_overflow() {
        Schedule day = new Schedule(1, 5_000_000, 17_280_000);
        assertThat(day.dueNanos(17_279_999)).isEqualTo(86_399_995_000_001L);
    }
}
