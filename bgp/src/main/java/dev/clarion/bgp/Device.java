package dev.clarion.bgp;

/** Names of interfaces and VRFs. */
final class Device {
    /** IFNAMSIZ without its final NUL (include/uapi/linux/if.h). */
    private static final int LONGEST = 15;

    private Device() {}

    static void check(String name) {
        if (name.isEmpty()
                || name.length() > LONGEST
                || name.equals(".")
                || name.equals("..")
                || !name.chars().allMatch(letter -> letter > ' ' && letter < 0x7f && letter != '/')) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of an interface");
        }
    }
}
