package dev.clarion.allocation;

import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import java.util.Optional;
import java.util.function.Predicate;

/** In which order the free addresses of one family of one pool are handed out within one plan. */
interface FreeAddresses {
    /** The address to hand out next; it stays the next one until it is taken. */
    Optional<Ip> peek();

    /** The lowest first. What is taken is never free again within one plan, so each taken address is passed once. */
    final class Lowest implements FreeAddresses {
        private final AddressSet addresses;
        private final Predicate<Ip> taken;
        private Optional<Ip> candidate;

        Lowest(AddressSet addresses, Predicate<Ip> taken) {
            this.addresses = addresses;
            this.taken = taken;
            this.candidate = addresses.first();
        }

        @Override
        public Optional<Ip> peek() {
            while (candidate.isPresent() && taken.test(candidate.get())) {
                candidate = addresses.next(candidate.get());
            }
            return candidate;
        }
    }
}
