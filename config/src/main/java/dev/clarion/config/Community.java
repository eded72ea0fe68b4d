package dev.clarion.config;

/** A mark on a BGP route: a value, or the name of one in the list {@code communities}. */
public sealed interface Community {

    /** A community as routers have it. */
    sealed interface Value extends Community {}

    /**
     * RFC 1997: {@code high:low}.
     *
     * @param high 0 to 65535
     * @param low 0 to 65535
     */
    record Standard(int high, int low) implements Value {
        @Override
        public String toString() {
            return high + ":" + low;
        }
    }

    /**
     * RFC 8092: {@code large:global:first:second}, each 0 to 4294967295.
     *
     * @param global the AS number of whoever gives the others their meaning
     * @param first its first number
     * @param second its second number
     */
    record Large(long global, long first, long second) implements Value {
        @Override
        public String toString() {
            return "large:" + global + ":" + first + ":" + second;
        }
    }

    /**
     * The name of an entry of the list {@code communities}.
     *
     * @param name without a colon
     */
    record Alias(String name) implements Community {
        @Override
        public String toString() {
            return name;
        }
    }
}
