package dev.clarion.kube;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which events were told lately, so that the same one again becomes a count on the first and not a second object. Not
 * safe for several threads; time is data.
 */
final class EventLedger {
    /** What makes two events the same. */
    record Key(ObjectRef about, EventType type, String reason, String action, String note) {}

    /** A count to write onto an event that exists. */
    record Series(Key key, String eventName, int count, Instant last) {}

    private static final int REMEMBERED = 2_048;

    /** After so long without a repetition it is a new story. */
    private static final Duration STORY_ENDS = Duration.ofMinutes(10);

    /** Repetitions are written this often at most. */
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private static final class Story {
        private final String eventName;
        private int count = 1;
        private int written = 1;
        private Instant last;
        private Instant wrote;

        Story(String eventName, Instant at) {
            this.eventName = eventName;
            this.last = at;
            this.wrote = at;
        }
    }

    private final Map<Key, Story> stories = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Story> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long names;

    /** Takes in one occurrence; the name of the event to create if it is a new one, empty if it was counted only. */
    Optional<String> occurred(Key key, Instant at) {
        Story story = stories.get(key);
        if (story != null && Duration.between(story.last, at).compareTo(STORY_ENDS) < 0) {
            story.count++;
            story.last = at;
            return Optional.empty();
        }
        // Unique without a source of randomness: the moment, and a number of our own for equal moments.
        String name = name(key.about(), at, names++);
        stories.put(key, new Story(name, at));
        return Optional.of(name);
    }

    /** The counts that are due to be written; each counts as written. */
    List<Series> due(Instant now) {
        List<Series> due = new ArrayList<>();
        stories.forEach((key, story) -> {
            boolean rested = Duration.between(story.wrote, now).compareTo(BETWEEN) >= 0;
            if (story.count > story.written && rested) {
                story.written = story.count;
                story.wrote = now;
                due.add(new Series(key, story.eventName, story.count, story.last));
            }
        });
        return due;
    }

    /** The event does not exist (any more): the next occurrence makes a new one. */
    void forget(Key key) {
        stories.remove(key);
    }

    private static String name(ObjectRef about, Instant at, long number) {
        String object = about.key().name();
        // 253 bytes are allowed, and a part of a name must not end in anything but a letter or digit.
        String head = object.length() > 200 ? object.substring(0, 200).replaceAll("[-.]+$", "") : object;
        long moment = at.getEpochSecond() * 1_000_000_000L + at.getNano();
        return head + "." + Long.toHexString(moment) + Long.toHexString(number & 0xfff);
    }
}
