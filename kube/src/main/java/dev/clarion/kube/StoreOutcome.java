package dev.clarion.kube;

/** How a write to a ConfigMap of ours ended. */
public sealed interface StoreOutcome {
    /** Stored; this is what it is now, with the version for the next swap. */
    record Stored(StoredConfigMap now) implements StoreOutcome {}

    /** Somebody else wrote (or created) it first. Nothing was stored: read again and decide again. */
    record Conflict() implements StoreOutcome {}

    /** It is no longer there, or the namespace is not. */
    record Gone() implements StoreOutcome {}

    /** Refused or not reachable. After an unreachable server it may be stored all the same: read again. */
    record Failed(String why) implements StoreOutcome {}
}
