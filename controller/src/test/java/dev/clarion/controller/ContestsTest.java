package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.allocation.Condition;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.StatusChange;
import dev.clarion.controller.Contests.Content;
import dev.clarion.controller.Contests.Part;
import dev.clarion.controller.Contests.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How often what others write over is written again. */
class ContestsTest {
    private static final ServiceKey WEB = new ServiceKey("default", "web");
    private static final Content OURS = new Content(new Place(WEB, Part.ALLOCATED), List.of("192.168.50.200"));
    private static final Content OTHER = new Content(new Place(WEB, Part.ALLOCATED), List.of("192.168.50.201"));
    private static final Content ANNOUNCED = new Content(new Place(WEB, Part.ANNOUNCED), List.of("192.168.50.200"));

    private final Contests contests = new Contests();
    private long now = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    private Optional<Duration> write(Content content) {
        assertThat(contests.allows(content, now)).isTrue();
        return contests.stored(content, now);
    }

    private void after(Duration time) {
        now += time.toNanos();
    }

    private void contest() {
        for (int i = 1; i < Contests.AT_ONCE; i++) {
            assertThat(write(OURS)).isEmpty();
        }
        assertThat(write(OURS)).contains(Duration.ofSeconds(5));
    }

    @Test
    void theSameIsWrittenThreeTimesAtOnceAndThenEverMoreRarely() {
        contest();
        assertThat(contests.allows(OURS, now)).isFalse();
        after(Duration.ofSeconds(5).minusNanos(1));
        assertThat(contests.allows(OURS, now)).isFalse();
        after(Duration.ofNanos(1));
        assertThat(write(OURS)).as("said once").isEmpty();
        after(Duration.ofSeconds(9));
        assertThat(contests.allows(OURS, now)).isFalse();
        after(Duration.ofSeconds(1));
        write(OURS);
    }

    /** Ten minutes is the longest, so it never ends for good, and it is never a flood. */
    @Test
    void anHourOfItIsAFewWrites() {
        contest();
        int writes = 0;
        for (int second = 0; second < 3600; second++) {
            after(Duration.ofSeconds(1));
            if (contests.allows(OURS, now)) {
                contests.stored(OURS, now);
                writes++;
            }
        }
        assertThat(writes).isBetween(10, 15);
    }

    @Test
    void whatIsNewsIsWrittenAtOnce() {
        contest();
        assertThat(write(OTHER)).isEmpty();
        assertThat(write(OURS)).isEmpty();
    }

    @Test
    void partsAndServicesDoNotConcernEachOther() {
        contest();
        assertThat(contests.allows(ANNOUNCED, now)).isTrue();
        contests.retain(List.of(WEB));
        assertThat(contests.allows(OURS, now)).isFalse();
        contests.retain(List.of());
        assertThat(contests.allows(OURS, now)).isTrue();
    }

    /** A tool that wipes the status once a minute must not make for an address that is away for longer each time. */
    @Test
    void whatHappensNowAndThenIsAlwaysPutRightAtOnce() {
        for (int minute = 0; minute < 60; minute++) {
            assertThat(write(OURS)).isEmpty();
            after(Duration.ofMinutes(1));
        }
    }

    @Test
    void whoeverStoppedIsForgiven() {
        contest();
        after(Contests.SOON);
        contest();
    }

    /** Three edits of a Service within seconds are its owner's business. */
    @Test
    void whoEditsTheServiceFightsNobody() {
        for (long generation = 1; generation < 10; generation++) {
            assertThat(write(Content.of(change(generation, "1")))).isEmpty();
        }
        assertThat(Content.of(change(1, "1"))).isEqualTo(Content.of(change(1, "2")));
    }

    private static StatusChange change(long generation, String version) {
        return new StatusChange(
                WEB,
                "uid",
                version,
                Optional.empty(),
                Optional.of(
                        new Condition(true, "Allocated", "192.168.50.200 from pool lan", generation, Instant.EPOCH)),
                Optional.of("lan"),
                Set.of(),
                Optional.empty());
    }
}
