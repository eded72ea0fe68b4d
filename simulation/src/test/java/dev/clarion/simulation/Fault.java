package dev.clarion.simulation;

/** A safeguard that can be taken away on purpose, to show that the invariants notice. */
enum Fault {
    /** The ledger is stored whatever version was read. */
    NO_SWAP,
    /** Addresses are given back without reading the holder afresh. */
    NO_CONFIRMATION,
    /** Statuses are written whatever version was seen. */
    NO_STATUS_VERSION,
    /** Statuses are written although the ledger was not. */
    STATUS_FIRST,
    /** The ports of Services that share an address are not looked at. */
    SHARING_WITHOUT_PORTS
}
