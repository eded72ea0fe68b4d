package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.wire.Nonce;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The questions that go on on one interface. Immutable. Points of time are {@link System#nanoTime} values. */
public final class Inquiries {

    /** None. */
    public static final Inquiries NONE = new Inquiries(List.of());

    /** A turn that comes later than this after an end says that this process slept, and answers may wait to be read. */
    private static final long LATE_NANOS = 200_000_000L;

    private final List<Open> open;

    /** How far one has come; {@code due} is the next question, or the end, which is put off once at most. */
    private record Open(Inquiry inquiry, int tried, int sent, boolean putOff, long due) {

        boolean isAsking() {
            return tried < inquiry.count();
        }

        Open next(long now, boolean asked) {
            long pause = tried + 1 < inquiry.count() ? inquiry.spacingNanos() : inquiry.waitNanos();
            return new Open(inquiry, tried + 1, sent + (asked ? 1 : 0), putOff, now + pause);
        }

        Open later(long now) {
            return new Open(inquiry, tried, sent, true, now + inquiry.waitNanos());
        }

        Verdict end() {
            Ip target = inquiry.target();
            return switch (inquiry.purpose()) {
                case KERNEL -> new Verdict.KernelSilent(target, sent);
                case FIRST_USE -> sent < tried ? new Verdict.Unknown(target) : new Verdict.Free(target);
            };
        }
    }

    /** Puts one question; whether that worked. */
    @FunctionalInterface
    public interface Asking {

        /** Sends the question of that inquiry now. */
        boolean ask(Inquiry inquiry);
    }

    /**
     * What an event led to.
     *
     * @param next the inquiries that go on
     * @param verdicts those that ended
     */
    public record Outcome(Inquiries next, List<Verdict> verdicts) {}

    private Inquiries(List<Open> open) {
        this.open = List.copyOf(open);
    }

    /** Begins one; the same one that goes on already is begun anew. */
    public Inquiries begin(Inquiry inquiry, long now) {
        List<Open> all = new ArrayList<>(open);
        all.removeIf(each -> each.inquiry().isSameAs(inquiry));
        all.add(new Open(inquiry, 0, 0, false, now));
        return new Inquiries(all);
    }

    /** Addresses probed for before their first use. */
    public Set<Ip> probed() {
        return open.stream()
                .map(Open::inquiry)
                .filter(inquiry -> inquiry.purpose() == Inquiry.Purpose.FIRST_USE)
                .map(Inquiry::target)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What somebody said on the segment.
     *
     * @param seen what
     * @param fresh whether it was said just now; an old answer of a kernel says nothing about now, but who had an address
     *     a moment ago has it
     */
    public Outcome heard(Sighting seen, boolean fresh) {
        List<Open> left = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Open each : open) {
            if (each.sent() > 0
                    && each.inquiry().target().equals(seen.address())
                    && ends(each.inquiry(), seen, fresh)) {
                verdicts.add(verdict(each.inquiry(), seen));
            } else {
                left.add(each);
            }
        }
        return verdicts.isEmpty() ? new Outcome(this, verdicts) : new Outcome(new Inquiries(left), verdicts);
    }

    private static boolean ends(Inquiry inquiry, Sighting seen, boolean fresh) {
        boolean has = switch (seen) {
            case Sighting.Answers answers -> true;
            // What a host says unasked shows as well that it is there.
            case Sighting.Uses uses -> true;
            case Sighting.Wants wants -> false;
        };
        return switch (inquiry.purpose()) {
            case KERNEL -> has && fresh;
            case FIRST_USE -> has || (seen instanceof Sighting.Wants wants && !isOurs(inquiry.nonce(), wants));
        };
    }

    private static boolean isOurs(Nonce nonce, Sighting.Wants wants) {
        return wants.nonce().filter(nonce::equals).isPresent();
    }

    private static Verdict verdict(Inquiry inquiry, Sighting seen) {
        return switch (inquiry.purpose()) {
            case KERNEL -> new Verdict.KernelAnswered(seen.address(), seen.mac());
            case FIRST_USE -> new Verdict.Foreign(seen.address(), seen.mac());
        };
    }

    /** Puts the questions that are due, and ends what had no answer for long enough. */
    public Outcome turn(long now, Asking asking) {
        List<Open> left = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Open each : open) {
            if (each.due() - now > 0) {
                left.add(each);
            } else if (each.isAsking()) {
                left.add(each.next(now, asking.ask(each.inquiry())));
            } else if (now - each.due() > LATE_NANOS && !each.putOff()) {
                left.add(each.later(now));
            } else {
                verdicts.add(each.end());
            }
        }
        return new Outcome(new Inquiries(left), verdicts);
    }

    /** After how long there is something to do, in ns; empty if nothing goes on. */
    public OptionalLong wakeAfter(long now) {
        return open.stream().mapToLong(each -> Math.max(0, each.due() - now)).min();
    }
}
