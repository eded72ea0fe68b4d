package dev.clarion.announcement.ownership;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many addresses each node owns, counted when first asked; good for one look. */
final class Loads {
    private final Table table;
    private @Nullable Map<String, Integer> loads;
    private @Nullable Map<String, Integer> settledLoads;

    Loads(Table table) {
        this.table = table;
    }

    /** With all that this look gives to somebody. */
    Map<String, Integer> now() {
        Map<String, Integer> counted = loads;
        if (counted == null) {
            counted = table.loads(false);
            loads = counted;
        }
        return counted;
    }

    /** Without what changed lately, see {@link Table#loads}. */
    Map<String, Integer> settled() {
        Map<String, Integer> counted = settledLoads;
        if (counted == null) {
            counted = table.loads(true);
            settledLoads = counted;
        }
        return counted;
    }
}
