package dev.clarion.bgp.wire;

/**
 * What two speakers agreed on that changes how UPDATEs are written and read.
 *
 * @param fourOctetAs whether both have the four-octet AS capability (RFC 6793)
 * @param external whether the session is eBGP, where LOCAL_PREF and the like have no business
 */
public record WireContext(boolean fourOctetAs, boolean external) {
    /** What holds before OPENs are exchanged; only UPDATEs depend on it, and those come later. */
    public static final WireContext INITIAL = new WireContext(true, true);
}
