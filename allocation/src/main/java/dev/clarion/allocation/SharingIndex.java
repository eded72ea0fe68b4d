package dev.clarion.allocation;

import dev.clarion.net.IpFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are held under which sharing key. Within one plan addresses only ever get more holders, so one that
 * refused certain terms is not asked again by another Service on the same terms.
 */
final class SharingIndex {
    private final Map<String, List<Spot>> byKey = new HashMap<>();
    private final Map<Asking, Search> searches = new HashMap<>();

    private record Asking(SharingTerms terms, String namespace, IpFamily family) {}

    private static final class Search {
        private int seen;
        private final List<Spot> open = new ArrayList<>();
    }

    SharingIndex(Collection<Spot> spots) {
        spots.forEach(this::add);
    }

    void add(Spot spot) {
        LedgerEntry.Held held = spot.held();
        if (held != null) {
            Optional<SharingTerms> terms = held.holders().getFirst().terms();
            if (terms.isPresent()) {
                byKey.computeIfAbsent(terms.get().key(), key -> new ArrayList<>())
                        .add(spot);
            }
        }
    }

    /**
     * The address to share: of those where it may, the one in the pool that comes first, the lowest there.
     *
     * @param place how early a pool is tried; empty if it is not
     */
    @Nullable
    Spot find(ServiceView service, IpFamily family, Function<Spot, Optional<Integer>> place) {
        if (service.sharing().isEmpty()) {
            return null;
        }
        SharingTerms terms = service.sharing().get();
        List<Spot> all = byKey.getOrDefault(terms.key(), List.of());
        Search search =
                searches.computeIfAbsent(new Asking(terms, service.key().namespace(), family), asking -> new Search());
        for (; search.seen < all.size(); search.seen++) {
            if (all.get(search.seen).ip().family() == family) {
                search.open.add(all.get(search.seen));
            }
        }
        search.open.removeIf(spot -> spot.refuses(service).isPresent());
        Spot best = null;
        int bestPlace = 0;
        for (Spot spot : search.open) {
            Optional<Integer> at = place.apply(spot);
            if (at.isPresent()
                    && (best == null
                            || at.get() < bestPlace
                            || (at.get() == bestPlace && spot.ip().compareTo(best.ip()) < 0))) {
                best = spot;
                bestPlace = at.get();
            }
        }
        return best;
    }
}
