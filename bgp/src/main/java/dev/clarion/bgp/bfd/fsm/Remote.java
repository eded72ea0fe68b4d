package dev.clarion.bgp.bfd.fsm;

import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;

/**
 * The peer as its last packet shows it.
 *
 * @param discriminator its name for the session; 0 while it is not heard
 * @param state its state
 * @param diagnostic its diagnostic code, 0 to 31
 * @param demand whether it wants no periodic packets while both sides are up
 * @param multiplier its detection multiplier; 0 while it is not heard
 * @param desiredMinTx the interval in which it sends, microseconds
 * @param requiredMinRx the least interval in which it can receive, microseconds; 0 for no periodic packets
 */
public record Remote(
        int discriminator,
        BfdState state,
        int diagnostic,
        boolean demand,
        int multiplier,
        long desiredMinTx,
        long requiredMinRx) {

    /** Not heard: the initial values of RFC 5880 section 6.8.1. */
    public static final Remote UNHEARD = new Remote(0, BfdState.DOWN, 0, false, 0, 0, 1);

    static Remote of(ControlPacket packet) {
        return new Remote(
                packet.myDiscriminator(),
                packet.state(),
                packet.diagnostic(),
                packet.demand(),
                packet.multiplier(),
                packet.desiredMinTx(),
                packet.requiredMinRx());
    }

    /** Whether it is heard. */
    public boolean heard() {
        return discriminator != 0;
    }
}
