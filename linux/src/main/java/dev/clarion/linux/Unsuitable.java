package dev.clarion.linux;

/** Why nothing is announced by layer 2 on an interface. */
public enum Unsuitable {
    /** The loopback interface. */
    LOOPBACK,
    /** It is a port of a bridge, bond or team, which sends and receives in its place. */
    PORT,
    /** It has neither ARP nor NDP: tunnels and the like. */
    NO_ARP,
    /** It cannot reach all hosts of its link at once: point-to-point. */
    NO_BROADCAST,
    /** It has no link-layer address of six bytes. */
    NO_MAC,
    /** Its name is excluded: interfaces of containers, overlays and node-local services. */
    EXCLUDED,
    /** It is administratively down. */
    DOWN,
    /** It is up, and has no signal. */
    NO_CARRIER;

    /** Whether it may pass by itself, so that the interface is worth waiting for. */
    public boolean passes() {
        return this == DOWN || this == NO_CARRIER;
    }
}
