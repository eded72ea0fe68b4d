package dev.clarion.arpndp;

import dev.clarion.net.Mac;

/**
 * A network interface as it is now.
 *
 * @param name its name
 * @param index the kernel's index; another one under the same name is another interface
 * @param mac its link-layer address
 * @param up whether frames can pass: administratively up, and with carrier
 */
public record L2Interface(String name, int index, Mac mac, boolean up) {}
