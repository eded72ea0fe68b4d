package dev.clarion.announcement.flows;

import java.util.List;
import java.util.Optional;

/**
 * What the old and the new owner tell each other of connections. Numbers are in network order:
 *
 * <pre>
 *   part    u8 1, u8 round, u16 number, u16 of, then groups up to the end:
 *           u8 4 or 6, home, u8 protocol, address, u16 port, u16 count, as often: client, u16 port
 *   heard   u8 2, u8 round, u16 count, as often: u16 number
 *   loaded  u8 3, u8 round, u8 reason, u32 kept
 * </pre>
 *
 * <p>Round 0 is what there was before the address moved; the following ones are what came into being until it had.
 */
public sealed interface FlowMessage {
    /** The longest message. */
    int MAX_BYTES = 1_000;
    /** The most parts of one round. */
    int MAX_PARTS = 8_192;
    /** The most numbers in one {@link Heard}. */
    int MAX_HEARD = 256;

    /** Of which round. */
    int round();

    /** The bytes, at most {@link #MAX_BYTES}. */
    byte[] encode();

    /**
     * Some of the connections.
     *
     * @param round 0 to 255
     * @param number 0 to {@code of - 1}
     * @param of how many parts the round has, 1 to {@link #MAX_PARTS}
     * @param flows the connections; all parts that can be sent fit
     */
    record Part(int round, int number, int of, FlowSet flows) implements FlowMessage {
        @Override
        public byte[] encode() {
            return FlowForm.part(this);
        }
    }

    /**
     * The new owner has these parts.
     *
     * @param round of which round
     * @param numbers at most {@link #MAX_HEARD}
     */
    record Heard(int round, List<Integer> numbers) implements FlowMessage {
        /** Takes a copy of the list. */
        public Heard {
            numbers = List.copyOf(numbers);
        }

        @Override
        public byte[] encode() {
            return FlowForm.heard(this);
        }
    }

    /**
     * The new owner has done with all parts what it could.
     *
     * @param round of which round
     * @param reason what became of them
     * @param kept how many survive, also where the reason says why not all do
     */
    record Loaded(int round, FlowReason reason, int kept) implements FlowMessage {
        @Override
        public byte[] encode() {
            return FlowForm.loaded(this);
        }
    }

    /** Reads a message; empty if it is none. Never throws, whatever the bytes are. */
    static Optional<FlowMessage> decode(byte[] bytes) {
        return FlowForm.decode(bytes);
    }

    /** The parts of a round: none if there are no connections. */
    static List<Part> parts(int round, FlowSet flows) {
        return FlowForm.parts(round, flows);
    }
}
