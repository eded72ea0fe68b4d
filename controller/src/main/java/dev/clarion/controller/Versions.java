package dev.clarion.controller;

/** Resource versions of one kind, which the API server promises to be decimal numbers that grow (KEP-5504). */
final class Versions {
    private Versions() {}

    /** Whether {@code version} is at least as new as {@code other}; what is not a number is taken to be newer. */
    static boolean reached(String version, String other) {
        if (!decimal(version) || !decimal(other)) {
            return true;
        }
        return version.length() != other.length() ? version.length() > other.length() : version.compareTo(other) >= 0;
    }

    private static boolean decimal(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
