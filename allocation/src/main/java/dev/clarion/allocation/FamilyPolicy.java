package dev.clarion.allocation;

/** {@code spec.ipFamilyPolicy} of a Service. */
public enum FamilyPolicy {
    /** One family, the one named by {@code spec.ipFamilies}. */
    SINGLE_STACK,
    /** Both families where they can be had, else one. */
    PREFER_DUAL_STACK,
    /** Both families or none. */
    REQUIRE_DUAL_STACK
}
