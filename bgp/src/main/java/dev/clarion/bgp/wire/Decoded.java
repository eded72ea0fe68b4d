package dev.clarion.bgp.wire;

import java.util.List;

/** What became of received bytes. */
public sealed interface Decoded {
    /**
     * A message.
     *
     * @param faults of an UPDATE: what was wrong with it without ending the session (RFC 7606)
     */
    record Accepted(Message message, List<AttributeFault> faults) implements Decoded {
        /** Takes a copy of the list. */
        public Accepted {
            faults = List.copyOf(faults);
        }
    }

    /**
     * No message; the session cannot go on.
     *
     * @param error the NOTIFICATION to send
     */
    record Refused(Notification error) implements Decoded {}
}
