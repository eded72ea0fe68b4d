package dev.clarion.kube;

/** How a write to an object that others own too ended. */
public sealed interface PatchOutcome {
    /** Stored. The resource version lets the writer recognise its own write when the watch brings it back. */
    record Done(String resourceVersion) implements PatchOutcome {}

    /** The object is gone. */
    record NotFound() implements PatchOutcome {}

    /** The patch named a resource version or UID that is no longer the object's. */
    record Conflict() implements PatchOutcome {}

    /**
     * The API server answered and did not do it: forbidden, invalid, overloaded.
     *
     * @param code the HTTP status code; 403 means that a right is missing, 422 an invalid value, 429 and 5xx pass
     * @param message the server's own words
     */
    record Refused(int code, String message) implements PatchOutcome {}

    /** Nobody answered; whether it was stored is not known. A merge patch may simply be sent again. */
    record Unreachable(String message) implements PatchOutcome {}
}
