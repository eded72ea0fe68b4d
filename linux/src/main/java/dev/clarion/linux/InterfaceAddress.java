package dev.clarion.linux;

import dev.clarion.net.Ip;

/**
 * An address of an interface.
 *
 * @param address the interface's own address
 * @param prefixLength the length of its subnet's prefix: 0 to 32, or 0 to 128
 */
public record InterfaceAddress(Ip address, int prefixLength) {}
