package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that an entry names and cannot be without.
 *
 * @param target what it names
 * @param path where in the entry it does
 * @param reason what is wrong if there is no such thing
 * @param kind as messages name it
 */
record Need(EntryKey target, String path, ProblemReason reason, String kind) {

    static List<Need> of(ConfigEntry entry) {
        return switch (entry) {
            case BgpPeer peer ->
                peer
                        .bfdProfile()
                        .map(name -> new Need(
                                new EntryKey(Section.BFD_PROFILES, name),
                                PeerForm.BFD_PROFILE,
                                ProblemReason.UNKNOWN_BFD_PROFILE,
                                "BFD profile"))
                        .stream()
                        .toList();
            case BgpAdvertisement bgp -> communities(bgp.communities());
            case IpAddressPool pool -> List.of();
            case Reservation reservation -> List.of();
            case Quota quota -> List.of();
            case L2Advertisement l2 -> List.of();
            case BfdProfile profile -> List.of();
            case CommunityAlias alias -> List.of();
        };
    }

    private static List<Need> communities(List<Community> communities) {
        List<Need> needs = new ArrayList<>();
        for (int i = 0; i < communities.size(); i++) {
            if (communities.get(i) instanceof Community.Alias(String name)) {
                needs.add(new Need(
                        new EntryKey(Section.COMMUNITIES, name),
                        BgpForm.COMMUNITIES + "[" + i + "]",
                        ProblemReason.UNKNOWN_COMMUNITY,
                        "community"));
            }
        }
        return needs;
    }
}
