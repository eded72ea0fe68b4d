package dev.clarion.config;

/** Where configuration comes from, in order of precedence: of two entries of one name the one of the earlier counts. */
public enum Source {
    /** Our own ConfigMap. */
    CONFIG_MAP("configMap"),
    /** Resources of group {@code metallb.io}. */
    RESOURCE("resource"),
    /** MetalLB's ConfigMap of release 0.12 and before. */
    METALLB_CONFIG_MAP("metallbConfigMap");

    private final String text;

    Source(String text) {
        this.text = text;
    }

    /** As the published configuration writes it. */
    public String text() {
        return text;
    }
}
