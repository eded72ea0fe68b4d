package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.ExtendedNextHop;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.GracefulRestart;
import dev.clarion.bgp.wire.LongLivedRestart;
import dev.clarion.bgp.wire.Open;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Our OPEN. */
final class Offer {
    private Offer() {}

    static Open open(FsmSettings settings, Memory memory) {
        List<Capability> capabilities = new ArrayList<>();
        settings.families().forEach(family -> capabilities.add(new Capability.MultiProtocol(family)));
        capabilities.add(new Capability.CanRouteRefresh());
        if (settings.extendedNextHop() && settings.families().contains(Family.IPV4_UNICAST)) {
            capabilities.add(ExtendedNextHop.IPV4_OVER_IPV6);
        }
        capabilities.add(new Capability.ExtendedMessage());
        settings.role()
                .filter(role -> settings.peerAs().external(settings.localAs()))
                .ifPresent(role -> capabilities.add(new Capability.OfRole(role.number())));
        capabilities.addAll(restart(settings, memory));
        capabilities.add(new Capability.EnhancedRefresh());
        int hold = (int) settings.times().hold().toSeconds();
        Open whole = Open.of(settings.localAs(), hold, settings.routerId(), capabilities);
        return memory.concession().applied(whole);
    }

    private static List<Capability> restart(FsmSettings settings, Memory memory) {
        return switch (settings.restart()) {
            case Restart.Off() -> List.of();
            case Restart.Graceful(Duration time, boolean afterNotification) ->
                List.of(graceful(settings, memory, time, afterNotification));
            case Restart.LongLived(Duration time, Duration stale, boolean afterNotification) -> {
                List<LongLivedRestart.Kept> kept = settings.families().stream()
                        .map(family -> new LongLivedRestart.Kept(family, memory.preserved(), (int) stale.toSeconds()))
                        .toList();
                yield List.of(graceful(settings, memory, time, afterNotification), new LongLivedRestart(kept));
            }
        };
    }

    private static GracefulRestart graceful(
            FsmSettings settings, Memory memory, Duration time, boolean afterNotification) {
        List<GracefulRestart.Kept> kept = settings.families().stream()
                .map(family -> new GracefulRestart.Kept(family, memory.preserved()))
                .toList();
        return new GracefulRestart(memory.restarted(), afterNotification, (int) time.toSeconds(), kept);
    }
}
