package dev.clarion.controller;

import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.StatusChange;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Statuses in which others keep writing over what we wrote, a second Clarion with another configuration for instance. What
 * was written over is put right a few times at once, since a hand may slip; then ever more rarely, so that two of us do not
 * fight. Used by the loop's thread alone.
 */
final class Contests {
    /** So many times the same is written without a pause. */
    static final int AT_ONCE = 3;
    /** Who does not come back within this time, or twice the last pause, does not fight: what a tool does each minute is put right each minute. */
    static final Duration SOON = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Map<Place, Written> written = new HashMap<>();

    /**
     * What a write says.
     *
     * @param place where
     * @param words all that others could write over
     */
    record Content(Place place, List<Object> words) {
        /** That of a change of the addresses, of their condition and of the annotation. */
        static Content of(StatusChange change) {
            return new Content(
                    new Place(change.service(), Part.ALLOCATED),
                    List.of(
                            change.uid(),
                            change.condition().map(condition -> condition.allocated() + condition.message()),
                            change.condition().map(condition -> condition.reason()),
                            // Who edits the Service makes us write the same again, and fights nobody.
                            change.condition().map(condition -> condition.observedGeneration()),
                            change.allocatedFrom()));
        }

        /** That of a change of the condition of being announced alone. */
        static Content of(AnnouncedBook.Update update) {
            Optional<WatchedService.OtherCondition> announced = update.announced();
            return new Content(
                    new Place(update.change().service(), Part.ANNOUNCED),
                    List.of(
                            update.change().uid(),
                            announced.map(condition -> condition.status() + condition.message()),
                            announced.map(WatchedService.OtherCondition::reason),
                            announced.map(WatchedService.OtherCondition::observedGeneration)));
        }
    }

    /** What of a Service. */
    record Place(ServiceKey service, Part part) {}

    /** What is written apart from each other. */
    enum Part {
        ALLOCATED,
        ANNOUNCED
    }

    private record Written(List<Object> words, int times, long last) {}

    /**
     * Whether it may be written now.
     *
     * @param now a clock in nanoseconds
     */
    boolean allows(Content content, long now) {
        Written before = written.get(content.place());
        return before == null
                || !before.words().equals(content.words())
                || now - before.last() >= pauseAfter(before.times()).toNanos();
    }

    private static Duration pauseAfter(int times) {
        if (times < AT_ONCE) {
            return Duration.ZERO;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - AT_ONCE, 16));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * Notes that it was stored.
     *
     * @return how long to wait before it is written again, if this is when the waiting begins
     */
    Optional<Duration> stored(Content content, long now) {
        Written before = written.get(content.place());
        int times = before != null && before.words().equals(content.words()) && isSoon(before, now)
                ? before.times() + 1
                : 1;
        written.put(content.place(), new Written(content.words(), times, now));
        return times == AT_ONCE ? Optional.of(pauseAfter(times)) : Optional.empty();
    }

    private static boolean isSoon(Written before, long now) {
        Duration since = Duration.ofNanos(now - before.last());
        return since.compareTo(SOON) < 0
                || since.compareTo(pauseAfter(before.times()).multipliedBy(2)) < 0;
    }

    /** Forgets all but these. */
    void retain(Collection<ServiceKey> services) {
        written.keySet().removeIf(place -> !services.contains(place.service()));
    }

    void clear() {
        written.clear();
    }
}
