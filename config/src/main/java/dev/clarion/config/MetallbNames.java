package dev.clarion.config;

import java.util.Locale;

/** Names that MetalLB's ConfigMap allows and Kubernetes does not, made legal as MetalLB's own converter makes them. */
final class MetallbNames {
    private static final int LONGEST = 63;

    private MetallbNames() {}

    /** The name itself if it is legal, else what it becomes; which may still not be legal. */
    static String legal(String name) {
        if (NameRule.OBJECT.admits(name)) {
            return name;
        }
        String legal = name.toLowerCase(Locale.ROOT).replace('_', '-').replaceAll("^[^a-z]+", "");
        return legal.length() > LONGEST ? legal.substring(0, LONGEST) : legal;
    }
}
