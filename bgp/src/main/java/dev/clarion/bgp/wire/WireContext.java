package dev.clarion.bgp.wire;

/**
 * What two speakers agreed on that changes how messages are written and read.
 *
 * @param fourOctetAs whether both have the four-octet AS capability (RFC 6793)
 * @param external whether the session is eBGP, where LOCAL_PREF and the like have no business
 * @param extendedMessages whether both have the extended message capability (RFC 8654): all but OPEN and KEEPALIVE may
 *     then be as long as the length field can say
 * @param enhancedRefresh whether both have the enhanced route refresh capability (RFC 7313)
 */
public record WireContext(boolean fourOctetAs, boolean external, boolean extendedMessages, boolean enhancedRefresh) {
    /** What holds before OPENs are exchanged; only UPDATEs depend on it, and those come later. */
    public static final WireContext INITIAL = new WireContext(true, true);

    /** Messages of ordinary length, and plain refreshes. */
    public WireContext(boolean fourOctetAs, boolean external) {
        this(fourOctetAs, external, false, false);
    }

    /** The longest message of this type, header included. */
    int longest(MessageType type) {
        return switch (type) {
            case OPEN, KEEPALIVE -> Header.MAX_MESSAGE;
            case UPDATE, NOTIFICATION, ROUTE_REFRESH ->
                extendedMessages ? Header.MAX_EXTENDED_MESSAGE : Header.MAX_MESSAGE;
        };
    }
}
