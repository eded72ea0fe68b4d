package dev.clarion.e2e.client.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the stretches of consecutive requests that fared alike. Skipped requests neither belong to a stretch nor end it. */
final class Windows {
    private final List<Sample> samples;
    private final long intervalNanos;
    private final List<Window> stalls;

    Windows(List<Sample> samples, long intervalNanos) {
        this.samples = samples;
        this.intervalNanos = intervalNanos;
        this.stalls = findStalls();
    }

    List<Window> outages() {
        return find(Window.Kind.OUTAGE, s -> s.outcome().failed());
    }

    List<Window> slow() {
        return find(Window.Kind.SLOW, s -> s.outcome() == Outcome.LATE);
    }

    List<Window> stalls() {
        return stalls;
    }

    private List<Window> find(Window.Kind kind, Predicate<Sample> bad) {
        List<Window> found = new ArrayList<>();
        Stretch stretch = null;
        Optional<Sample> lastGood = Optional.empty();
        for (Sample sample : samples) {
            if (sample.outcome() == Outcome.SKIPPED) {
                continue;
            }
            if (bad.test(sample)) {
                stretch = stretch == null ? new Stretch(lastGood, sample, sample, 1) : stretch.and(sample);
            } else {
                if (stretch != null) {
                    found.add(closed(kind, stretch, sample));
                    stretch = null;
                }
                lastGood = Optional.of(sample);
            }
        }
        if (stretch != null) {
            found.add(open(kind, stretch));
        }
        return List.copyOf(found);
    }

    private Window closed(Window.Kind kind, Stretch stretch, Sample after) {
        return window(kind, stretch, after.sentNanos(), false);
    }

    private Window open(Window.Kind kind, Stretch stretch) {
        return window(kind, stretch, stretch.last().sentNanos() + intervalNanos, true);
    }

    private Window window(Window.Kind kind, Stretch stretch, long end, boolean open) {
        long from = stretch.before().orElse(stretch.first()).sentNanos();
        // A slow answer may be slow because the client read it late, which shows up to the end of the last answer.
        long until = kind == Window.Kind.SLOW ? Math.max(end, stretch.last().answeredNanos()) : end;
        boolean clientLate = stalls.stream().anyMatch(s -> s.startNanos() < until && s.endNanos() > from);
        return new Window(kind, stretch.first().sentNanos(), end, stretch.count(), end - from, open, clientLate);
    }

    private List<Window> findStalls() {
        List<Window> found = new ArrayList<>();
        Sample first = null;
        Sample last = null;
        int sent = 0;
        for (Sample sample : samples) {
            if (sample.latenessNanos() > Analysis.STALL_NANOS) {
                first = first == null ? sample : first;
                last = sample;
                sent += sample.outcome() == Outcome.SKIPPED ? 0 : 1;
            } else if (first != null && last != null) {
                found.add(stall(first, last, sent, false));
                first = null;
                sent = 0;
            }
        }
        if (first != null && last != null) {
            found.add(stall(first, last, sent, true));
        }
        return List.copyOf(found);
    }

    private static Window stall(Sample first, Sample last, int sent, boolean open) {
        long length = last.sentNanos() - first.scheduledNanos();
        return new Window(Window.Kind.STALL, first.scheduledNanos(), last.sentNanos(), sent, length, open, true);
    }

    private record Stretch(Optional<Sample> before, Sample first, Sample last, int count) {
        Stretch and(Sample next) {
            return new Stretch(before, first, next, count + 1);
        }
    }
}
