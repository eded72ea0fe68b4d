package dev.clarion.bgp;

import dev.clarion.bgp.fsm.FsmSettings;
import dev.clarion.bgp.wire.Family;

/** A peer's configuration in the words of its state machine. */
final class Settings {
    private Settings() {}

    static FsmSettings of(PeerConfig config) {
        return new FsmSettings(
                config.localAs(),
                config.peerAs(),
                config.routerId(),
                config.times(),
                config.families().stream().sorted().map(Family::unicast).toList(),
                config.passive(),
                config.restart(),
                config.extendedNextHop(),
                config.role());
    }
}
