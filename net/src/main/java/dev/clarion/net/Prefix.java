package dev.clarion.net;

import java.math.BigInteger;

/**
 * A network: an address whose bits beyond {@code length} are zero. {@code length} is 0 to 32 or 0 to 128. Sorts by
 * network, shorter (larger) first.
 *
 * @param network the first address
 * @param length how many leading bits all addresses of the network share
 */
public record Prefix(Ip network, int length) implements Comparable<Prefix> {

    /** Throws AddressSyntaxException if the length does not fit the family or host bits are set. */
    public Prefix {
        if (!PrefixParser.fits(network, length)) {
            PrefixParser.check(network + "/" + length, network, length);
        }
    }

    /**
     * Reads {@code address/length}. Refuses a missing length, a netmask, leading zeros and host bits.
     *
     * @throws AddressSyntaxException saying where and what was probably meant
     */
    public static Prefix parse(String text) {
        return PrefixParser.parse(text);
    }

    /** The network of this length that the address is in: host bits are masked away. */
    public static Prefix containing(Ip ip, int length) {
        if (length < 0 || length > ip.family().bits()) {
            PrefixParser.check(ip + "/" + length, ip, length);
        }
        int hostBits = ip.family().bits() - length;
        return new Prefix(
                Ip.of(ip.family(), ip.high() & ~Bits.onesHigh(hostBits), ip.low() & ~Bits.onesLow(hostBits)), length);
    }

    /** The network of one address. */
    public static Prefix host(Ip ip) {
        return new Prefix(ip, ip.family().bits());
    }

    /** The family. */
    public IpFamily family() {
        return network.family();
    }

    /** Whether the address is in this network; false for the other family. */
    public boolean contains(Ip ip) {
        return network.compareTo(ip) <= 0 && ip.compareTo(last()) <= 0;
    }

    /** Whether every address of the other network is in this one. */
    public boolean contains(Prefix other) {
        return other.length >= length && contains(other.network);
    }

    /** The lowest address: the network itself. */
    public Ip first() {
        return network;
    }

    /** The highest address. */
    public Ip last() {
        int hostBits = network.family().bits() - length;
        return Ip.of(
                network.family(), network.high() | Bits.onesHigh(hostBits), network.low() | Bits.onesLow(hostBits));
    }

    /** The same addresses as a range. */
    public IpRange range() {
        return new IpRange(first(), last());
    }

    /** How many addresses: a power of two from 1 to 2^128. */
    public BigInteger size() {
        return BigInteger.ONE.shiftLeft(network.family().bits() - length);
    }

    @Override
    public int compareTo(Prefix other) {
        int byNetwork = network.compareTo(other.network);
        return byNetwork != 0 ? byNetwork : Integer.compare(length, other.length);
    }

    /** {@code network/length}. */
    @Override
    public String toString() {
        return network + "/" + length;
    }
}
