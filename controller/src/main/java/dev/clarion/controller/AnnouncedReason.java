package dev.clarion.controller;

/** Why a Service is, or is not, announced: the reason of the condition {@code clarion.dev/Announced} and of its event. */
enum AnnouncedReason {
    /** Every address is announced by some node. */
    ANNOUNCED("Announced"),
    /** Some address is announced by no node, another one is. */
    ANNOUNCED_IN_PART("AnnouncedInPart"),
    /** No node announces any of its addresses. */
    NOT_ANNOUNCED("NotAnnounced"),
    /** No advertisement selects the pool that an address is from. */
    NO_ADVERTISEMENT("NoAdvertisement");

    private final String word;

    AnnouncedReason(String word) {
        this.word = word;
    }

    /** One word in CamelCase. */
    String word() {
        return word;
    }
}
