package dev.clarion.speaker;

import dev.clarion.announcement.heartbeat.KeyRing;
import dev.clarion.config.Names;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The keys that heartbeats are signed with, from the Secret {@code clarion-heartbeat}: its entry {@code key} signs, each
 * entry verifies. To rotate: add the new key under any name, wait until every speaker has it, make it {@code key} while
 * the old one stays under another name, and remove the old one at last. Never says what the keys are.
 */
final class HeartbeatKeys {
    /** No key: ownership follows the API's view. */
    static final HeartbeatKeys NONE = new HeartbeatKeys(List.of());

    private final List<byte[]> secrets;

    private HeartbeatKeys(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /** Of what is watched; empty if no entry of the Secret is a key. */
    static Optional<HeartbeatKeys> from(Secret secret) {
        TreeMap<String, byte[]> entries = new TreeMap<>();
        if (secret.getData() != null) {
            secret.getData().forEach((name, text) -> decode(text).ifPresent(key -> entries.put(name, key)));
        }
        HeartbeatKeys keys = of(entries);
        return keys.usable() ? Optional.of(keys) : Optional.empty();
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /**
     * Of the directory that the Secret is mounted at: what there is while the API is away.
     *
     * @param directory need not exist
     */
    static HeartbeatKeys read(Path directory) {
        TreeMap<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException notMounted) {
            return NONE;
        }
        return of(entries);
    }

    /** Entries that are too short to be keys are left out. */
    static HeartbeatKeys of(SortedMap<String, byte[]> entries) {
        List<byte[]> usable = new ArrayList<>();
        Optional.ofNullable(entries.get(Names.HEARTBEAT_KEY)).ifPresent(usable::add);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (!entry.getKey().equals(Names.HEARTBEAT_KEY)) {
                usable.add(entry.getValue());
            }
        }
        usable.removeIf(key -> key.length < KeyRing.MIN_KEY);
        return new HeartbeatKeys(List.copyOf(usable));
    }

    boolean usable() {
        return !secrets.isEmpty();
    }

    /** A ring for one thread. */
    KeyRing ring() {
        try {
            return KeyRing.of(secrets);
        } catch (GeneralSecurityException noSuchAlgorithm) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", noSuchAlgorithm);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeartbeatKeys keys
                && secrets.size() == keys.secrets.size()
                && Arrays.deepEquals(secrets.toArray(), keys.secrets.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(secrets.toArray());
    }

    @Override
    public String toString() {
        return secrets.size() + " keys";
    }
}
