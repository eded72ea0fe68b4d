package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Who holds an address.
 *
 * @param ip the address
 * @param holder the Service
 * @param uid the UID of the Service, so that one of the same name that came later is not taken for it
 * @param pool the pool it was taken from
 * @param since since when the Service holds it
 * @param confirmed when the holding was last confirmed because the Service's status lacked the address. It is there so
 *     that the confirmation changes the entry: whoever meant to release the address on an older reading fails.
 */
public record LedgerEntry(
        Ip ip, ServiceKey holder, String uid, String pool, Instant since, Optional<Instant> confirmed) {
    boolean heldBy(ServiceView service) {
        return uid.equals(service.uid()) && holder.equals(service.key());
    }

    LedgerEntry inPool(String name) {
        return new LedgerEntry(ip, holder, uid, name, since, confirmed);
    }

    LedgerEntry confirmedAt(Instant now) {
        Instant after = lastTouched().plusMillis(1);
        Instant millis = now.truncatedTo(ChronoUnit.MILLIS);
        return new LedgerEntry(ip, holder, uid, pool, since, Optional.of(millis.isAfter(after) ? millis : after));
    }

    Instant lastTouched() {
        return confirmed.filter(since::isBefore).orElse(since);
    }
}
