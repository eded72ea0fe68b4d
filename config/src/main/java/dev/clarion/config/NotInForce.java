package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields that are read, checked and published while speakers do not act on them, so that nobody believes in what does
 * not work. This is the one place that knows; what gets support is taken out here.
 */
final class NotInForce {
    private NotInForce() {}

    /** The names of such fields that the entry has set to anything but their default. */
    static List<String> fields(ConfigEntry entry) {
        return switch (entry) {
            case BfdProfile profile -> profile(profile);
            case BgpPeer peer -> List.of();
            case L2Advertisement l2 -> List.of();
            case BgpAdvertisement bgp -> List.of();
            case IpAddressPool pool -> List.of();
            case Reservation reservation -> List.of();
            case Quota quota -> List.of();
            case CommunityAlias alias -> List.of();
        };
    }

    /** Echo needs a kernel that sends back what is not addressed to it, which Linux takes for a spoofed packet (docs/bgp.md). */
    private static List<String> profile(BfdProfile profile) {
        List<String> fields = new ArrayList<>();
        if (profile.echoMode()) {
            fields.add(BfdForm.ECHO_MODE);
        }
        if (!profile.echoInterval().equals(BfdProfile.DEFAULT_ECHO_INTERVAL)) {
            fields.add(BfdForm.ECHO_INTERVAL);
        }
        return fields;
    }
}
