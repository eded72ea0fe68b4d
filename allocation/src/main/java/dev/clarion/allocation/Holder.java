package dev.clarion.allocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/**
 * A Service that has an address.
 *
 * @param service namespace and name
 * @param uid the UID of the Service, so that one of the same name that came later is not taken for it
 * @param since since when the Service has the address
 * @param confirmed when that was last confirmed because the Service's status lacked the address. It is there so that the
 *     confirmation changes the entry: whoever meant to release the address on an older reading fails.
 * @param terms on what terms it shares the address; empty if with nobody
 */
public record Holder(
        ServiceKey service, String uid, Instant since, Optional<Instant> confirmed, Optional<SharingTerms> terms) {
    /** Those first who were there first. */
    static final Comparator<Holder> ORDER = Comparator.comparing(Holder::since).thenComparing(Holder::service);

    boolean is(ServiceView view) {
        return uid.equals(view.uid()) && service.equals(view.key());
    }

    boolean isSameAs(Holder other) {
        return uid.equals(other.uid) && service.equals(other.service);
    }

    Holder onTerms(Optional<SharingTerms> other) {
        return new Holder(service, uid, since, confirmed, other);
    }

    Holder confirmedAt(Instant now) {
        Instant after = lastTouched().plusMillis(1);
        Instant millis = now.truncatedTo(ChronoUnit.MILLIS);
        return new Holder(service, uid, since, Optional.of(millis.isAfter(after) ? millis : after), terms);
    }

    Instant lastTouched() {
        return confirmed.filter(since::isBefore).orElse(since);
    }

    /** So many bytes, at most, it takes in the ledger. */
    static int size(ServiceKey service, String uid, Optional<SharingTerms> terms) {
        int names = service.namespace().length() + service.name().length() + uid.length();
        return 160 + names + (terms.isPresent() ? terms.get().size() : 0);
    }

    Optional<SharingRefusal> refuses(ServiceKey newcomer, Optional<SharingTerms> onTerms) {
        return SharingRefusal.of(newcomer, onTerms, service, terms);
    }
}
