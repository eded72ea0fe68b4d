package dev.clarion.allocation;

import dev.clarion.net.IpFamily;
import org.jspecify.annotations.Nullable;

/** One thing of each family, or none. */
final class PerFamily<T> {
    private @Nullable T four;
    private @Nullable T six;

    @Nullable
    T get(IpFamily family) {
        return switch (family) {
            case IPV4 -> four;
            case IPV6 -> six;
        };
    }

    void set(IpFamily family, @Nullable T thing) {
        switch (family) {
            case IPV4 -> four = thing;
            case IPV6 -> six = thing;
        }
    }
}
