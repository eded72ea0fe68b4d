package dev.clarion.config;

/** How much of a text is read. */
enum Limits {
    /** What users write. */
    WRITTEN(ConfigReader.MAX_BYTES, ConfigReader.MAX_NODES, ConfigReader.MAX_ENTRIES),
    /** What was published, which is longer than what it was made from, and may be of several sources. */
    PUBLISHED(2 * 1024 * 1024, 1_000_000, 100_000);

    private final int bytes;
    private final int nodes;
    private final int entries;

    Limits(int bytes, int nodes, int entries) {
        this.bytes = bytes;
        this.nodes = nodes;
        this.entries = entries;
    }

    int bytes() {
        return bytes;
    }

    int nodes() {
        return nodes;
    }

    int entries() {
        return entries;
    }
}
