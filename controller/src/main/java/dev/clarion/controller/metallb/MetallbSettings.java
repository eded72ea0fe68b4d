package dev.clarion.controller.metallb;

import dev.clarion.kube.ObjectKey;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked at of MetalLB.
 *
 * @param resources whether resources of group {@code metallb.io} are read
 * @param namespaces the namespaces in which they count; whoever may write them there configures the load balancer
 * @param configMap MetalLB's ConfigMap of release 0.12 and before; empty: not read
 * @param ignoreRunning whether Services without a class are ours even while MetalLB runs
 */
public record MetallbSettings(
        boolean resources, Set<String> namespaces, Optional<ObjectKey> configMap, boolean ignoreRunning) {
    /** Where MetalLB lives, unless somebody decided otherwise. */
    public static final String NAMESPACE = "metallb-system";
    /** The name of its ConfigMap. */
    public static final String CONFIG_MAP = "config";

    public MetallbSettings {
        namespaces = Set.copyOf(namespaces);
    }

    /** Everything, in MetalLB's own namespace and in ours. */
    public static MetallbSettings standard(String ourNamespace) {
        Set<String> namespaces = ourNamespace.equals(NAMESPACE) ? Set.of(NAMESPACE) : Set.of(NAMESPACE, ourNamespace);
        return new MetallbSettings(true, namespaces, Optional.of(new ObjectKey(NAMESPACE, CONFIG_MAP)), false);
    }

    /** Nothing at all. */
    public static MetallbSettings none() {
        return new MetallbSettings(false, Set.of(), Optional.empty(), true);
    }
}
