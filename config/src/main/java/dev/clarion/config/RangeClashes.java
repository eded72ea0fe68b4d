package dev.clarion.config;

import dev.clarion.net.IpRange;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Pools have no address in common, as they are written (excluded addresses count), and reservations have none. */
final class RangeClashes<T> implements ClashRule<T> {
    private final Map<Section, ClaimIndex<Held<T>>> bySection = new EnumMap<>(Section.class);

    RangeClashes() {
        bySection.put(Section.IP_ADDRESS_POOLS, new ClaimIndex<>());
        bySection.put(Section.RESERVATIONS, new ClaimIndex<>());
    }

    private static List<IpRange> ranges(ConfigEntry entry) {
        return switch (entry) {
            case IpAddressPool pool -> pool.ranges();
            case Reservation reservation ->
                reservation.addresses().stream().map(IpRange::of).toList();
            case BgpPeer peer -> List.of();
            case L2Advertisement advertisement -> List.of();
            case BgpAdvertisement advertisement -> List.of();
            case BfdProfile profile -> List.of();
            case CommunityAlias alias -> List.of();
            case Quota quota -> List.of();
        };
    }

    private ClaimIndex<Held<T>> index(Section section) {
        return Objects.requireNonNull(bySection.get(section));
    }

    @Override
    public void put(Held<T> held) {
        ranges(held.form()).forEach(range -> index(held.form().section()).put(range, held));
    }

    @Override
    public void remove(ConfigEntry form) {
        ranges(form).forEach(range -> index(form.section()).remove(range));
    }

    @Override
    public Stream<Held<T>> against(ConfigEntry form) {
        return ranges(form).stream().flatMap(range -> index(form.section()).overlapping(range).stream());
    }

    @Override
    public Optional<Conflict> between(ConfigEntry mine, ConfigEntry theirs) {
        if (mine.section() != theirs.section()) {
            return Optional.empty();
        }
        List<IpRange> ranges = ranges(mine);
        for (int i = 0; i < ranges.size(); i++) {
            IpRange range = ranges.get(i);
            for (IpRange other : ranges(theirs)) {
                if (range.overlaps(other)) {
                    return Optional.of(conflict(mine.section(), i, range, other, theirs.key()));
                }
            }
        }
        return Optional.empty();
    }

    private static Conflict conflict(Section section, int index, IpRange range, IpRange other, EntryKey theirs) {
        String path = PoolForm.ADDRESSES + "[" + index + "]";
        return section == Section.RESERVATIONS
                ? new Conflict(ProblemReason.RESERVED_TWICE, path, range + " is reserved by " + theirs + " already")
                : new Conflict(ProblemReason.OVERLAP, path, range + " overlaps " + other + " of " + theirs);
    }
}
