package dev.clarion.controller;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import io.fabric8.kubernetes.api.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is kept of a Node.
 *
 * @param name its name
 * @param ready whether its kubelet was heard of lately
 * @param addresses its own addresses
 * @param podNetworks those that its Pods' addresses are from
 */
record WatchedNode(String name, boolean ready, List<Ip> addresses, List<Prefix> podNetworks) {
    WatchedNode {
        addresses = List.copyOf(addresses);
        podNetworks = List.copyOf(podNetworks);
    }

    static WatchedNode of(Node node) {
        List<String> addresses = new ArrayList<>();
        boolean ready = false;
        if (node.getStatus() != null) {
            if (node.getStatus().getAddresses() != null) {
                node.getStatus().getAddresses().forEach(address -> addresses.add(address.getAddress()));
            }
            ready = node.getStatus().getConditions() != null
                    && node.getStatus().getConditions().stream()
                            .anyMatch(condition ->
                                    "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        }
        List<String> networks = node.getSpec() == null || node.getSpec().getPodCIDRs() == null
                ? List.of()
                : node.getSpec().getPodCIDRs();
        return new WatchedNode(
                node.getMetadata().getName(), ready, read(addresses, Ip::parse), read(networks, Prefix::parse));
    }

    /** Those that can be read: among a node's addresses are host names. */
    private static <T> List<T> read(List<String> texts, Function<String, T> parser) {
        return texts.stream().flatMap(text -> read(text, parser).stream()).toList();
    }

    private static <T> Optional<T> read(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException somethingElse) {
            return Optional.empty();
        }
    }
}
