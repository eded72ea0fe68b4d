package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;
import java.util.Optional;

/**
 * A second opinion.
 *
 * @param suspect the node in question
 * @param segment as in the question
 * @param opinion what the sender knows
 * @param silenceMillis for how long the sender has not heard it, if it ever has
 */
public record SuspectAnswer(String suspect, Optional<Ip> segment, Opinion opinion, long silenceMillis)
        implements Message {
    /** What one can know of a suspect. Sent by ordinal. */
    public enum Opinion {
        /** Its speaker is heard (on that segment). */
        HEARD,
        /** Its kernel answers, its speaker is silent. */
        KERNEL_ANSWERS,
        /** Nothing of it was heard, nor did its kernel answer. */
        SILENT,
        /** The one who was asked does not know, or not yet. */
        UNKNOWN
    }

    @Override
    public Kind kind() {
        return Kind.SUSPECT_ANSWER;
    }

    static SuspectAnswer read(Reader reader) throws Malformed {
        String suspect = reader.text();
        Optional<Ip> segment = SuspectQuestion.optional(reader);
        Opinion opinion = reader.constant(Opinion.values());
        return new SuspectAnswer(suspect, segment, opinion, reader.u32());
    }

    @Override
    public byte[] encode() {
        return SuspectQuestion.write(new Writer().text(suspect), segment)
                .constant(opinion)
                .u32(Math.min(silenceMillis, 0xffff_ffffL))
                .toArray();
    }
}
