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
    /** The object is gone that said it; what it said stays in force. */
    SOURCE_GONE,
    /** There is no document, only blanks or comments: nothing is configured. */
    EMPTY_DOCUMENT,
    /** A value is of another type: text for a number, a mapping for a list. */
    WRONG_TYPE,
    /** A key stands twice in one mapping. */
    DUPLICATE_KEY,
    /** A key that no version knows. */
    UNKNOWN_KEY,
    /** A key that is known and cannot be used here; leaving it out silently would change what the entry means. */
    UNSUPPORTED_KEY,
    /** A key that the entry needs is missing. */
    MISSING_KEY,
    /** A name is not one that Kubernetes takes. */
    BAD_NAME,
    /** Two entries of a list have one name. */
    DUPLICATE_NAME(true),
    /** Two sources have an entry of one name; the later source's is out, or says the same. */
    DUPLICATE_SOURCE(true),
    /** Something stands twice in a list where once is enough. */
    REPEATED_NAME,
    /** A list that needs a member is empty. */
    EMPTY_LIST,
    /** Two fields of an entry cannot both be what they are. */
    CONTRADICTION,
    /** A word is none of those that the field takes. */
    BAD_CHOICE,
    /** A number is out of its range, or not written in plain digits. */
    BAD_NUMBER,
    /** A time is out of its range, or not written as one. */
    BAD_TIME,
    /** A label, or a selector of labels, is not one that Kubernetes takes. */
    BAD_SELECTOR,
    /** A community is not written as one. */
    BAD_COMMUNITY,
    /** An address, prefix or range is not written as one. */
    BAD_ADDRESS,
    /** A well-formed address that cannot serve this purpose, such as a multicast address in a pool. */
    UNUSABLE_ADDRESS,
    /** A pool has an address twice. */
    REPEATED_ADDRESS,
    /** A pool excludes addresses that it does not have. */
    EXCLUDED_ELSEWHERE,
    /** A pool gives nothing to anybody, since all of its addresses are excluded. */
    NOTHING_LEFT,
    /** Two pools have an address in common. */
    OVERLAP(true),
    /** Two peers have, or on some nodes may have, one address or interface. */
    SAME_PEER_ADDRESS(true),
    /** Two reservations have an address in common. */
    RESERVED_TWICE(true),
    /** A reservation has an address that no pool gives to anybody. */
    RESERVED_OUTSIDE(true),
    /** A BGP advertisement would announce more than what a pool that it selects has. */
    AGGREGATION_TOO_SHORT(true),
    /** Two BGP advertisements may give one route different preferences. */
    LOCAL_PREF_CLASH(true),
    /** An AS number is not from 1 to 4294967295. */
    BAD_ASN,
    /** A hold time is neither zero nor 3 to 65535 whole seconds. */
    BAD_HOLD_TIME,
    /** A password where everybody can read it. */
    PLAIN_PASSWORD,
    /** An entry names a pool that does not exist. */
    UNKNOWN_POOL(true),
    /** An advertisement names a peer that does not exist. */
    UNKNOWN_PEER(true),
    /** A peer names a BFD profile that does not exist. */
    UNKNOWN_BFD_PROFILE(true),
    /** An advertisement names a community that does not exist. */
    UNKNOWN_COMMUNITY(true),
    /** A pool holds the address of a node. */
    NODE_ADDRESS_IN_POOL(true),
    /** A pool overlaps the network of Pods or Services. */
    CLUSTER_NETWORK_IN_POOL(true),
    /** The entry has fields that are read and published, and that speakers do not act on. */
    NOT_IN_FORCE(true),
    /** Entries have left a list in which a name cannot be read, so they stay until it can. */
    REMOVAL_IN_DOUBT(true);

    private final boolean betweenEntries;

    ProblemReason() {
        this(false);
    }

    ProblemReason(boolean betweenEntries) {
        this.betweenEntries = betweenEntries;
    }

    /** Whether it depends on more than the entry by itself, hence also on what was published before. */
    boolean isBetweenEntries() {
        return betweenEntries;
    }
}
