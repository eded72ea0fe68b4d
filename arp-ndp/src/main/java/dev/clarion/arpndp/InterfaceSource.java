package dev.clarion.arpndp;

import java.util.Optional;

/** Where the announcer looks interfaces up, at the time of sending; it keeps an answer for a second at most. */
@FunctionalInterface
public interface InterfaceSource {

    /**
     * The interface of that name as it is now; empty if there is none. Called from several threads.
     *
     * @param name the interface's name
     */
    Optional<L2Interface> find(String name);
}
