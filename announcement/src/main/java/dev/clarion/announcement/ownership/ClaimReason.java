package dev.clarion.announcement.ownership;

/** Why a node takes an address, or announces it again. A metric label, so the names stay as they are. */
public enum ClaimReason {
    /** Nobody is known to have had it, or it is not known who has it now: the segment is to be probed first. */
    FIRST_USE,
    /** The owner gave it up. */
    RELEASED,
    /** The owner's speaker and kernel are silent. */
    OWNER_DEAD,
    /** The owner said good-bye, or is no member any more. */
    OWNER_LEFT,
    /** The owner cannot be reached on the address's segment. */
    SEGMENT_DEAD,
    /** The owner's speaker was away too long. */
    OWNER_AWAY,
    /** The owner may not have it any more and did not hand it over. */
    OWNER_INELIGIBLE,
    /** The owner handed it over. */
    HANDED_OVER,
    /** It is ours already: somebody else said it was his, or the link or its hardware address is new. */
    REPEATED
}
