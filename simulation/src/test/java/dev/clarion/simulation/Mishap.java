package dev.clarion.simulation;

/** What goes wrong in a run, counted for the summary. */
enum Mishap {
    /** A write never arrived. */
    WRITE_LOST,
    /** A write was stored, but its answer never arrived. */
    REPLY_LOST,
    /** A write was refused, since somebody else had written. */
    CONFLICT,
    /** A watch brought only one kind of object, or nothing for a while. */
    STALE_WATCH,
    /** A controller was killed in the middle of what it did. */
    CRASH,
    /** The configuration changed. */
    CONFIG_EDIT,
    /** A user changed a Service. */
    SERVICE_EDIT,
    /** Somebody wiped a status. */
    STATUS_WIPED,
    /** Somebody deleted a shard of the ledger, or changed an entry of it. */
    LEDGER_EDIT
}
