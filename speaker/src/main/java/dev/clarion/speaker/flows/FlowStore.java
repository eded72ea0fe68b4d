package dev.clarion.speaker.flows;

import dev.clarion.announcement.flows.Flow;
import dev.clarion.announcement.flows.FlowReason;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The connections of this node's kernel. Belongs to one thread. */
interface FlowStore {
    /** Why it cannot be used, in words. */
    Optional<String> obstacle() throws IOException;

    /** Goes on with what the last run left. */
    void adopt() throws IOException;

    /** The connections to these addresses that this kernel has the state of. */
    Set<Flow> tracked(Set<Ip> addresses, int most) throws IOException;

    /** Those that are sent on, by their homes. */
    Map<Ip, Set<Flow>> relayed() throws IOException;

    /** Sends these on from now on; how many of them, and why not all. */
    Loaded relay(String interfaceName, Ip home, Collection<Flow> flows) throws IOException;

    /** Handles these here from now on. */
    void release(Collection<Flow> flows) throws IOException;

    /** Sends nothing there any more. */
    void forget(Ip home) throws IOException;

    /** Removes what is not used any more. */
    void tidy() throws IOException;

    /** What became of connections. */
    record Loaded(FlowReason reason, int kept) {}
}
