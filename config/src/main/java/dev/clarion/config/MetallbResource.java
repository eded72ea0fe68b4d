package dev.clarion.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object of group {@code metallb.io}, as far as it is configuration.
 *
 * @param kind its kind
 * @param version the version of the kind that {@code spec} is written in, as {@code v1beta1}
 * @param namespace its namespace
 * @param name its name
 * @param labels its labels, by which advertisements select pools
 * @param spec its {@code spec} as JSON libraries have it: maps, lists, strings, numbers, booleans and nulls
 */
public record MetallbResource(
        MetallbKind kind,
        String version,
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, Object> spec) {
    public MetallbResource {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        // No defensive copy in depth: who reads objects from the API server hands each over and lets go of it.
        spec = Collections.unmodifiableMap(spec);
    }
}
