package dev.clarion.kube;

/** Why a watch is over. */
sealed interface WatchEnd {
    /** The server closed it in the ordinary course of things; go on from the last version. */
    record Closed() implements WatchEnd {}

    /** The server no longer has the history after our version (HTTP 410): list again. */
    record Expired() implements WatchEnd {}

    /** The connection broke, was never made, or fell silent; go on from the last version. */
    record Lost(String why) implements WatchEnd {}

    /** The server refused, or sent what cannot be understood: list again. */
    record Refused(String why) implements WatchEnd {}
}
