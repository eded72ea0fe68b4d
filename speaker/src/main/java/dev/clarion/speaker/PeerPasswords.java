package dev.clarion.speaker;

import dev.clarion.bgp.Password;
import dev.clarion.kube.ReducedWatch;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The passwords of BGP peers, from the Secrets in Clarion's namespace that the configuration names, and no others. One that
 * was known once stays, also if its Secret is deleted: an accident must not end what works. Belongs to the loop's thread.
 */
final class PeerPasswords implements AutoCloseable {
    private static final String TYPE = "kubernetes.io/basic-auth";
    private static final String ENTRY = "password";

    /** What a Secret holds. */
    record Held(Optional<Password> password) {
        static final Held NOTHING = new Held(Optional.empty());

        static Held of(Secret secret) {
            String text = secret.getData() == null ? null : secret.getData().get(ENTRY);
            return text == null || !TYPE.equals(secret.getType()) ? NOTHING : new Held(decode(text));
        }

        private static Optional<Password> decode(String base64) {
            try {
                byte[] bytes = Base64.getDecoder().decode(base64);
                return Optional.of(Password.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString()));
            } catch (IllegalArgumentException | CharacterCodingException noPassword) {
                return Optional.empty();
            }
        }
    }

    /** Watches one Secret. */
    @FunctionalInterface
    interface Source {
        /** Begins to watch the Secret of this name in Clarion's namespace. */
        ReducedWatch<Held> watch(String name);
    }

    private final Source source;
    private final Map<String, ReducedWatch<Held>> watches = new HashMap<>();
    private final Map<String, Held> known = new HashMap<>();

    PeerPasswords(Source source) {
        this.source = source;
    }

    /** Of the Secrets in a namespace of a real API. */
    static PeerPasswords of(KubernetesClient client, String namespace, Runnable wake) {
        return new PeerPasswords(name -> ReducedWatch.of(client, Secret.class)
                .inNamespace(namespace)
                .named(name)
                .start(secret -> Optional.of(Held.of(secret)), wake));
    }

    /**
     * What is known of the Secrets of these names; those that nobody knows are missing. Others are not watched any more.
     */
    Map<String, Held> of(Set<String> names) {
        watches.entrySet().removeIf(watch -> {
            boolean unused = !names.contains(watch.getKey());
            if (unused) {
                watch.getValue().close();
            }
            return unused;
        });
        known.keySet().retainAll(new HashSet<>(names));
        for (String name : names) {
            watches.computeIfAbsent(name, source::watch).snapshot().values().forEach(held -> known.put(name, held));
        }
        return Map.copyOf(known);
    }

    @Override
    public void close() {
        watches.values().forEach(ReducedWatch::close);
    }
}
