package dev.clarion.net;

/** The two families of internet addresses, in the order in which addresses sort. */
public enum IpFamily {
    /** 32-bit addresses (RFC 791). */
    IPV4(32),
    /** 128-bit addresses (RFC 4291). */
    IPV6(128);

    private final int bits;

    IpFamily(int bits) {
        this.bits = bits;
    }

    /** Length of an address in bits: 32 or 128, also the length of the longest prefix. */
    public int bits() {
        return bits;
    }
}
