package dev.clarion.config;

import java.util.List;
import java.util.Map;

/**
 * Which Services a pool is for: those in its namespaces that its Service selectors match. With neither namespaces nor
 * namespace selectors, those of all namespaces; without Service selectors, all Services there.
 *
 * @param priority pools are tried from the lowest number up; 0 comes last
 * @param namespaces names of namespaces
 * @param namespaceSelectors labels of namespaces, besides {@code namespaces}; one that matches none admits none
 * @param serviceSelectors labels of Services
 */
public record ServiceAllocation(
        int priority,
        List<String> namespaces,
        List<LabelSelector> namespaceSelectors,
        List<LabelSelector> serviceSelectors) {

    public ServiceAllocation {
        namespaces = List.copyOf(namespaces);
        namespaceSelectors = List.copyOf(namespaceSelectors);
        serviceSelectors = List.copyOf(serviceSelectors);
    }

    /** Whether Services of this namespace may have addresses of the pool, as far as the namespace decides. */
    public boolean admitsNamespace(String namespace, Map<String, String> labels) {
        return (namespaces.isEmpty() && namespaceSelectors.isEmpty())
                || namespaces.contains(namespace)
                || LabelSelector.anyMatches(namespaceSelectors, labels);
    }

    /** Whether a Service may have addresses of the pool. */
    public boolean admits(String namespace, Map<String, String> namespaceLabels, Map<String, String> serviceLabels) {
        return admitsNamespace(namespace, namespaceLabels) && LabelSelector.admits(serviceSelectors, serviceLabels);
    }
}
