package dev.clarion.config;

/** The AS that a BGP peer is in. */
public sealed interface RemoteAs {

    /**
     * The AS of this number.
     *
     * @param asn 1 to 4294967295
     */
    record Fixed(long asn) implements RemoteAs {}

    /** Whatever the peer says, within limits. */
    enum Dynamic implements RemoteAs {
        /** Our own AS only. */
        INTERNAL("internal"),
        /** Any AS but our own. */
        EXTERNAL("external");

        private final String text;

        Dynamic(String text) {
            this.text = text;
        }

        /** As configurations write it. */
        public String text() {
            return text;
        }
    }
}
