package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The solicited-node groups joined on one interface. Used by one thread. */
final class Memberships {

    private static final Logger LOG = LoggerFactory.getLogger(Memberships.class);

    private final String name;
    private final MulticastGroups groups;

    /** The index of the interface each group was joined with. */
    private final Map<Ip, Integer> joined = new HashMap<>();

    Memberships(String name, MulticastGroups groups) {
        this.name = name;
        this.groups = groups;
    }

    /**
     * Joins what is wanted and leaves the rest.
     *
     * @param index the interface's index, empty while it is away: then nothing can be joined
     * @param wanted the groups
     * @param again whether to leave and join anew, so that switches hear of it once more
     * @return what went wrong; then it is worth another try later
     */
    Optional<String> reconcile(Optional<Integer> index, Set<Ip> wanted, boolean again) {
        Map.copyOf(joined).forEach((group, joinedWith) -> {
            boolean moved = index.isPresent() && !index.get().equals(joinedWith);
            if (again || moved || !wanted.contains(group)) {
                leave(group, joinedWith);
            }
        });
        List<String> problems = new ArrayList<>();
        for (Ip group : index.isPresent() ? wanted : Set.<Ip>of()) {
            if (!joined.containsKey(group)) {
                join(group, index.orElseThrow()).ifPresent(problems::add);
            }
        }
        return problems.stream().findFirst();
    }

    private Optional<String> join(Ip group, int index) {
        try {
            groups.join(index, group);
            joined.put(group, index);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot join " + group + " on " + name + ", so IPv6 solicitations may not arrive: "
                    + e.getMessage());
        }
    }

    private void leave(Ip group, int index) {
        joined.remove(group);
        try {
            groups.leave(index, group);
        } catch (IOException e) {
            // The interface may be gone, and the membership with it.
            LOG.debug("interface={} group={} leave failed: {}", name, group, e.getMessage());
        }
    }
}
