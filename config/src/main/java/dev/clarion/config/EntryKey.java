package dev.clarion.config;

import java.util.Comparator;

/**
 * What identifies an entry over time: its list and its name. Two forms of one entry have the same key.
 *
 * @param section the list
 * @param name the name, unique within the list
 */
public record EntryKey(Section section, String name) implements Comparable<EntryKey> {
    private static final Comparator<EntryKey> ORDER =
            Comparator.comparing(EntryKey::section).thenComparing(EntryKey::name);

    @Override
    public int compareTo(EntryKey other) {
        return ORDER.compare(this, other);
    }

    /** As messages name it: {@code ipAddressPools/lan}. */
    @Override
    public String toString() {
        return section.key() + "/" + name;
    }
}
