package dev.clarion.config;

/** Why something in a configuration is not applied, or is doubtful. The name is a metric label and an event reason. */
public enum ProblemReason {
    /** The text is not YAML, or holds characters that YAML forbids. */
    NOT_YAML,
    /** The text is longer than {@link ConfigReader#MAX_BYTES}. */
    TOO_LARGE,
    /** Lists and mappings are nested deeper than {@link ConfigReader#MAX_DEPTH}. */
    TOO_DEEP,
    /** The text has more than {@link ConfigReader#MAX_NODES} values, those that aliases repeat counted each time. */
    TOO_MANY_NODES,
    /** The text has more than {@link ConfigReader#MAX_ENTRIES} entries. */
    TOO_MANY_ENTRIES,
    /** There is more than one YAML document where one belongs. */
    SEVERAL_DOCUMENTS,
    /** There is no document, only blanks or comments: nothing is configured. */
    EMPTY_DOCUMENT,
    /** A value is of another type: text for a number, a mapping for a list. */
    WRONG_TYPE,
    /** A key stands twice in one mapping. */
    DUPLICATE_KEY,
    /** A key that no version knows. */
    UNKNOWN_KEY,
    /** A key that MetalLB knows and that is not supported yet; leaving it out silently would change its meaning. */
    UNSUPPORTED_KEY,
    /** A key that the entry needs is missing. */
    MISSING_KEY,
    /** A name is not a DNS label. */
    BAD_NAME,
    /** Two entries of a list have one name. */
    DUPLICATE_NAME,
    /** A name stands twice in a list of names. */
    REPEATED_NAME,
    /** A list that needs a member is empty. */
    EMPTY_LIST,
    /** An address, prefix or range is not written as one. */
    BAD_ADDRESS,
    /** A well-formed address that cannot serve this purpose, such as a multicast address in a pool. */
    UNUSABLE_ADDRESS,
    /** A pool has an address twice. */
    REPEATED_ADDRESS,
    /** Two pools have an address in common. */
    OVERLAP,
    /** Two peers have one address. */
    SAME_PEER_ADDRESS,
    /** An AS number is not from 1 to 4294967295. */
    BAD_ASN,
    /** A hold time is neither zero nor 3 to 65535 whole seconds. */
    BAD_HOLD_TIME,
    /** An advertisement names a pool that does not exist. */
    UNKNOWN_POOL,
    /** An advertisement names a peer that does not exist. */
    UNKNOWN_PEER,
    /** Entries have left a list in which a name cannot be read, so they stay until it can. */
    REMOVAL_IN_DOUBT;

    /** Whether it depends on other entries, hence also on what was published before. */
    boolean isBetweenEntries() {
        return switch (this) {
            case DUPLICATE_NAME, OVERLAP, SAME_PEER_ADDRESS, UNKNOWN_POOL, UNKNOWN_PEER, REMOVAL_IN_DOUBT -> true;
            case NOT_YAML,
                    TOO_LARGE,
                    TOO_DEEP,
                    TOO_MANY_NODES,
                    TOO_MANY_ENTRIES,
                    SEVERAL_DOCUMENTS,
                    EMPTY_DOCUMENT,
                    WRONG_TYPE,
                    DUPLICATE_KEY,
                    UNKNOWN_KEY,
                    UNSUPPORTED_KEY,
                    MISSING_KEY,
                    BAD_NAME,
                    REPEATED_NAME,
                    EMPTY_LIST,
                    BAD_ADDRESS,
                    UNUSABLE_ADDRESS,
                    REPEATED_ADDRESS,
                    BAD_ASN,
                    BAD_HOLD_TIME -> false;
        };
    }
}
