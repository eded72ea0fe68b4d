package dev.clarion.speaker;

import dev.clarion.arpndp.L2Intent;
import dev.clarion.net.Ip;
import java.util.Set;

/** What ownership drives: ARP and NDP on this node's segments. All methods return at once. */
interface SegmentPort {
    /** Makes this the desired state, whole. */
    void apply(L2Intent intent);

    /** Nothing is answered or announced later than this, as {@link System#nanoTime}. */
    void answerUntil(long nanoTime);

    /** Announces addresses again where they are owned. */
    void announceAgain(Set<Ip> addresses);

    /** Tells one host where an address is that is owned here. */
    void tell(String interfaceName, Ip address, Ip host);

    /** Asks whether anybody has an address; false if the interface is not open. */
    boolean probe(String interfaceName, Ip address);

    /** Asks for a host's own address, once; false if the interface is not open. */
    boolean probeKernel(String interfaceName, Ip target);

    /** Insists on an address that another host uses. */
    void defend(String interfaceName, Ip address);

    /** The gateways of the segment. */
    Set<Ip> gateways(String interfaceName);
}
