package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the ledger knows of one address. */
public sealed interface LedgerEntry {
    Ip ip();

    /** The pool that the address was taken from. */
    String pool();

    /**
     * An address in use. Several Services can only have it together if their terms agree: there is no such value
     * otherwise, so no such entry can be written.
     *
     * @param holders who has it, those first who were there first; at least one
     */
    record Held(Ip ip, String pool, List<Holder> holders) implements LedgerEntry {
        public Held {
            if (holders.isEmpty()) {
                throw new IllegalArgumentException("nobody has " + ip);
            }
            if (holders.size() > 1) {
                holders = holders.stream().sorted(Holder.ORDER).toList();
                for (int i = 1; i < holders.size(); i++) {
                    Holder later = holders.get(i);
                    for (Holder earlier : holders.subList(0, i)) {
                        check(ip, earlier, later);
                    }
                }
            } else {
                holders = List.copyOf(holders);
            }
        }

        private static void check(Ip ip, Holder earlier, Holder later) {
            Optional<SharingRefusal> refusal = earlier.refuses(later.service(), later.terms());
            if (refusal.isPresent() || earlier.isSameAs(later)) {
                throw new IllegalArgumentException(later.service() + " cannot have " + ip + ": "
                        + refusal.map(SharingRefusal::facts).orElse("it is named twice"));
            }
        }

        /** An address that one Service has. */
        public static Held by(Ip ip, String pool, Holder holder) {
            return new Held(ip, pool, List.of(holder));
        }

        Optional<Holder> holder(ServiceView service) {
            for (Holder holder : holders) {
                if (holder.is(service)) {
                    return Optional.of(holder);
                }
            }
            return Optional.empty();
        }

        Held inPool(String name) {
            return name.equals(pool) ? this : new Held(ip, name, holders);
        }

        /** With this holder in place of the one of the same Service, or in addition. */
        Held with(Holder holder) {
            List<Holder> all = new ArrayList<>(holders);
            all.removeIf(holder::isSameAs);
            all.add(holder);
            return new Held(ip, pool, all);
        }

        /** Without this holder; an address that nobody has any more rests. */
        LedgerEntry without(Holder holder, Instant now) {
            List<Holder> others =
                    holders.stream().filter(other -> !other.isSameAs(holder)).toList();
            return others.isEmpty() ? new Resting(ip, pool, holder.service(), now) : new Held(ip, pool, others);
        }
    }

    /**
     * An address that somebody had: remembered, so that what was used least recently is used again first, and so that
     * for a time nobody else gets it.
     *
     * @param last who had it last
     * @param released when it was given back
     */
    record Resting(Ip ip, String pool, ServiceKey last, Instant released) implements LedgerEntry {}
}
