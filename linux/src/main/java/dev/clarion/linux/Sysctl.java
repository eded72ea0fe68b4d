package dev.clarion.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kernel parameters (proc(5), {@code /proc/sys}); only read. */
public final class Sysctl {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_:@+-][A-Za-z0-9_.:@+-]*(/[A-Za-z0-9_.:@+-]+)*");

    private final Path root;

    /** The parameters of this process's namespaces. */
    public Sysctl() {
        this(Path.of("/proc/sys"));
    }

    Sysctl(Path root) {
        this.root = root;
    }

    /**
     * The value of a parameter without surrounding white space; empty if there is no such parameter or it cannot be
     * read.
     *
     * @param key as sysctl(8) writes it: {@code net.ipv4.ip_forward}; with slashes where a part has a dot in it, as
     *     interface names may: {@code net/ipv4/conf/eth0.100/arp_ignore}
     * @throws IllegalArgumentException if the key is neither
     */
    public Optional<String> read(String key) {
        String path = key.indexOf('/') >= 0 ? key : key.replace('.', '/');
        if (!KEY.matcher(path).matches() || Path.of(path).normalize().startsWith("..") || path.contains("/../")) {
            throw new IllegalArgumentException("not a kernel parameter: " + key);
        }
        try {
            return Optional.of(Files.readString(root.resolve(path)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
