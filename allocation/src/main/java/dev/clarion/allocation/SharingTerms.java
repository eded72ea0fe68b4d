package dev.clarion.allocation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * On what terms a Service shares its address with others. They are kept in the ledger with each holder, so that whoever
 * adds a holder is bound by the terms of those who are there, however stale its view of the Services is.
 *
 * @param key what Services that share have in common
 * @param ports what it uses of the address, in order
 * @param backend which Pods stand behind it where traffic stays on the node ({@code externalTrafficPolicy: Local}), as
 *     their selector; empty where any node may pass it on
 * @param namespaces the other namespaces whose Services it shares with, in order
 */
public record SharingTerms(String key, List<ServicePort> ports, String backend, List<String> namespaces) {
    public SharingTerms {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a sharing key is not empty");
        }
        ports = ordered(ports);
        namespaces = ordered(namespaces);
    }

    private static <T extends Comparable<T>> List<T> ordered(Collection<T> things) {
        return things.size() < 2 ? List.copyOf(things) : List.copyOf(new TreeSet<>(things));
    }

    /** A port that both use, if there is one. */
    Optional<ServicePort> collision(SharingTerms other) {
        for (ServicePort port : ports) {
            if (other.ports.contains(port)) {
                return Optional.of(port);
            }
        }
        return Optional.empty();
    }

    /** So many bytes, at most, they take in the ledger; a key is free text, of which JSON may make six bytes a character. */
    int size() {
        int size = 80 + 6 * (key.length() + backend.length()) + 14 * ports.size();
        for (String namespace : namespaces) {
            size += 6 * namespace.length() + 3;
        }
        return size;
    }

    boolean consentsTo(String namespace) {
        return namespaces.contains(namespace);
    }
}
