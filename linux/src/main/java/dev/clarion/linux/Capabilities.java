package dev.clarion.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process may do beyond what everybody may (capabilities(7)). */
public final class Capabilities {
    private static final String EFFECTIVE = "CapEff:";
    private static final int HEXADECIMAL = 16;
    private static final int NET_ADMIN = 12;

    private Capabilities() {}

    /** Whether it may change the network: CAP_NET_ADMIN. False where that cannot be read. */
    public static boolean hasNetAdmin() {
        try {
            return hasNetAdmin(Files.readAllLines(Path.of("/proc/self/status")));
        } catch (IOException unreadable) {
            return false;
        }
    }

    static boolean hasNetAdmin(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(EFFECTIVE))
                .map(line -> line.substring(EFFECTIVE.length()).strip())
                .filter(set -> set.matches("[0-9a-f]{1,16}"))
                .anyMatch(set -> (Long.parseUnsignedLong(set, HEXADECIMAL) >> NET_ADMIN & 1) != 0);
    }
}
