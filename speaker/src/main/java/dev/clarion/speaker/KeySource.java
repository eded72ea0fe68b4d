package dev.clarion.speaker;

import java.nio.file.Path;
import java.util.Map;

/**
 * The heartbeat keys as last known. The watch tells of a change at once; the mounted Secret is there while the API is
 * away. What was known once stays, also if the Secret is deleted: an accident must not end what works.
 */
final class KeySource {
    private final Path directory;
    private HeartbeatKeys current = HeartbeatKeys.NONE;
    private Map<?, HeartbeatKeys> seen = Map.of();

    /** @param directory where the Secret is mounted, if it is */
    KeySource(Path directory) {
        this.directory = directory;
    }

    /**
     * The keys now.
     *
     * @param watched the Secret of that name, none or one
     */
    HeartbeatKeys read(Map<?, HeartbeatKeys> watched) {
        if (!watched.equals(seen)) {
            seen = watched;
            watched.values().stream().findFirst().ifPresent(keys -> current = keys);
        }
        if (!current.usable()) {
            current = HeartbeatKeys.read(directory);
        }
        return current;
    }
}
