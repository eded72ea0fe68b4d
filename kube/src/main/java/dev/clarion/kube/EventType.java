package dev.clarion.kube;

/** How an event is marked in {@code kubectl get events}. */
public enum EventType {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String wire;

    EventType(String wire) {
        this.wire = wire;
    }

    /** As the API spells it. */
    String wire() {
        return wire;
    }
}
