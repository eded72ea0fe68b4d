package dev.clarion.bgp;

import dev.clarion.net.Ip;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Knows the routers on interfaces, for peers that are found by their interface. Asked on the speaker's thread: must answer
 * at once, from what it has heard before. When that has changed, {@link BgpSpeaker#neighborsChanged} is to be called.
 */
public interface Neighbors {
    /** Knows no interface. */
    Neighbors NONE = new Neighbors() {
        @Override
        public OptionalInt index(String interfaceName) {
            return OptionalInt.empty();
        }

        @Override
        public Set<Ip> routers(int index) {
            return Set.of();
        }
    };

    /** The kernel's index of an interface; empty when there is none of this name. */
    OptionalInt index(String interfaceName);

    /** The link-local addresses of the routers that are heard on an interface. */
    Set<Ip> routers(int index);
}
