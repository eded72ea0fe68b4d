package dev.clarion.linux;

import dev.clarion.net.Ip;
import java.util.Optional;

/**
 * A fault and the facts that show it.
 *
 * @param fault what is wrong
 * @param interfaceName on which interface traffic or questions are affected
 * @param address the announced address it is about, if it is about one
 * @param fact what was read: a parameter and its value, or where the address is
 */
public record KernelFinding(KernelFault fault, String interfaceName, Optional<Ip> address, String fact) {

    /** All of it in one sentence, with what to do. */
    public String text() {
        return interfaceName + ": " + address.map(ip -> ip + ": ").orElse("") + fact + "; " + fault.advice();
    }
}
