package dev.clarion.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's random identity of this boot (random(4)): another one after each reboot, the same in all containers. */
public final class BootId {

    private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /**
     * The identity, a UUID in lower case.
     *
     * @throws LinuxException if {@code /proc} is not readable
     */
    public static String read() throws LinuxException {
        try {
            return Files.readString(FILE).strip();
        } catch (IOException e) {
            throw new LinuxException("cannot read the boot id from " + FILE, e);
        }
    }
}
