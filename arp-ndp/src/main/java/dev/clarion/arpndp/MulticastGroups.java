package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import java.io.IOException;

/**
 * Memberships of IPv6 multicast groups. A membership makes the kernel send MLD reports, so that snooping switches
 * forward the group, and the network card let it pass. Called from one thread.
 */
public interface MulticastGroups {

    /**
     * Joins.
     *
     * @param ifIndex the kernel's index of the interface
     * @param group an IPv6 multicast address
     * @throws IOException if the kernel refuses; the announcer tries again later
     */
    void join(int ifIndex, Ip group) throws IOException;

    /**
     * Leaves what was joined before; the interface may be gone meanwhile.
     *
     * @param ifIndex the index it was joined with
     * @param group the group
     * @throws IOException if the kernel refuses
     */
    void leave(int ifIndex, Ip group) throws IOException;
}
