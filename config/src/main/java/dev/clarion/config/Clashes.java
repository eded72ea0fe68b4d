package dev.clarion.config;

import dev.clarion.config.ClashRule.Conflict;
import dev.clarion.config.ClashRule.Held;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All the ways in which entries clash, and the entries in force. */
final class Clashes<T> {
    private final List<ClashRule<T>> rules =
            List.of(new RangeClashes<>(), new PeerClashes<>(), new AggregationClashes<>());

    /** The form must clash with none that is here. */
    void put(ConfigEntry form, T owner) {
        Held<T> held = new Held<>(form, owner);
        rules.forEach(rule -> rule.put(held));
    }

    void remove(ConfigEntry form) {
        rules.forEach(rule -> rule.remove(form));
    }

    /** Something in force that clashes with the form. */
    Optional<Held<T>> first(ConfigEntry form) {
        return rules.stream().flatMap(rule -> rule.against(form)).findFirst();
    }

    /** The owners of all that clashes with the form. */
    Set<T> owners(ConfigEntry form) {
        Set<T> owners = new LinkedHashSet<>();
        for (ClashRule<T> rule : rules) {
            rule.against(form).map(Held::owner).forEach(owners::add);
        }
        return owners;
    }

    /** Why two forms clash, which they must. */
    Conflict between(ConfigEntry mine, ConfigEntry theirs) {
        return rules.stream()
                .flatMap(rule -> rule.between(mine, theirs).stream())
                .findFirst()
                .orElseThrow();
    }

    /** Throws IllegalArgumentException if entries clash, or name what is not there and must be. */
    static void refuse(Config config) {
        Set<EntryKey> keys = new HashSet<>();
        Clashes<EntryKey> clashes = new Clashes<>();
        for (ConfigEntry entry : config.entries()) {
            if (!keys.add(entry.key())) {
                throw new IllegalArgumentException("two entries " + entry.key());
            }
            clashes.first(entry).ifPresent(other -> {
                Conflict conflict = clashes.between(entry, other.form());
                throw new IllegalArgumentException(entry.key() + ": " + conflict.message());
            });
            clashes.put(entry, entry.key());
        }
        for (ConfigEntry entry : config.entries()) {
            for (Need need : Need.of(entry)) {
                if (!keys.contains(need.target())) {
                    throw new IllegalArgumentException(entry.key() + " needs " + need.target());
                }
            }
        }
    }
}
