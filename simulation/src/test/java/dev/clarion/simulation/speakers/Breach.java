package dev.clarion.simulation.speakers;

/** Something that a shell does wrong on purpose, to show that the rules notice. */
enum Breach {
    /** Claims and tables do not arrive: two owners never learn of each other. */
    DEAF_TO_CLAIMS,
    /** A thawed speaker goes on answering as before, for a while. */
    NO_FENCE,
    /** Kernels do not answer probes: a speaker that crashed looks like a dead node. */
    SILENT_KERNELS,
    /** A speaker is set back to what it knew some time ago. */
    TIME_TRAVEL,
    /** What is to be answered for is not. */
    MUTE,
    /** Who does not know a node as a member does not say so. */
    STRANGERS_IGNORED,
    /** Gateways seem to answer always. */
    GATEWAYS_ASSUMED
}
