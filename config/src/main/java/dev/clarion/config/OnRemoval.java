package dev.clarion.config;

/** What becomes of an address in use that is no longer in its pool, or whose pool no longer admits the Service. */
public enum OnRemoval {
    /** The Service keeps it and is marked. */
    KEEP("keep"),
    /** The Service gets another address once one can be had; until then it keeps this one. */
    MOVE("move");

    private final String text;

    OnRemoval(String text) {
        this.text = text;
    }

    /** As configurations write it. */
    public String text() {
        return text;
    }
}
