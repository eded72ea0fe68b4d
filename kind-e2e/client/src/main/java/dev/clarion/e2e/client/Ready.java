package dev.clarion.e2e.client;

/** Attached to a selector's key: told when the channel is ready. */
interface Ready {
    /** The channel can be connected, read or written. */
    void ready();
}
