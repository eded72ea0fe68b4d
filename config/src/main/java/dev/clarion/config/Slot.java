package dev.clarion.config;

import java.util.Optional;

/** One name of one list: what the sources want for it, what was published, what is in force. */
final class Slot {
    final EntryKey key;
    final Optional<Reading.Good> wanted;
    final Optional<ConfigEntry> old;
    Optional<ConfigEntry> inForce = Optional.empty();

    Slot(EntryKey key, Optional<Reading.Good> wanted, Optional<ConfigEntry> old) {
        this.key = key;
        this.wanted = wanted;
        this.old = old;
    }

    private Optional<ConfigEntry> wantedForm() {
        return wanted.map(Reading.Good::value);
    }

    boolean isUnchanged() {
        return old.isPresent() && wantedForm().equals(old);
    }

    boolean isAsWanted() {
        return wantedForm().equals(inForce);
    }

    /** Whether the form is what this slot wants, as opposed to what stays in force for want of better. */
    boolean wants(ConfigEntry form) {
        return wantedForm().equals(Optional.of(form));
    }
}
