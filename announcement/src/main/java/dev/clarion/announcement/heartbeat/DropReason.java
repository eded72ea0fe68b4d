package dev.clarion.announcement.heartbeat;

/** Why a datagram is dropped. A metric label, so the names stay as they are. */
public enum DropReason {
    /** Shorter than the shortest datagram. */
    TOO_SHORT,
    /** Longer than {@link Datagrams#MAX_LENGTH}. */
    TOO_LONG,
    /** It does not begin as ours do. */
    NOT_OURS,
    /** The sender says that only newer versions than this one understand it. */
    VERSION_TOO_NEW,
    /** It is signed with a key that we do not have. */
    UNKNOWN_KEY,
    /** The signature is wrong. */
    BAD_SIGNATURE,
    /** A message of a newer version that this one does not know. */
    UNKNOWN_KIND,
    /** It is signed, and yet not what it says it is. */
    MALFORMED,
    /** The sender is no member. */
    STRANGER,
    /** It is our own. */
    OWN,
    /** It was not meant for this run of this speaker: recorded earlier, or the sender has not heard of our start. */
    OTHER_SESSION,
    /** It came before, or is too old to tell. */
    REPLAYED
}
