package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;

/**
 * An address that an interface has in the kernel.
 *
 * @param ip the interface's own address
 * @param prefixLength the length of its subnet's prefix: 0 to 32, or 0 to 128
 */
public record L2Address(Ip ip, int prefixLength) {

    /** The subnet. */
    public Prefix subnet() {
        return Prefix.containing(ip, prefixLength);
    }
}
