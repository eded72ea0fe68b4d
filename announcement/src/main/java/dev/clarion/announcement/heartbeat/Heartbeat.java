package dev.clarion.announcement.heartbeat;

import java.util.ArrayList;
import java.util.List;

/**
 * "I am here", every 100 ms to each of the sender's monitors, and in turn to one of the others.
 *
 * <p>What does not fit into a datagram is left out at the end of each list: an address's owner is found again by the
 * digest, a judgement is repeated.
 *
 * @param state how the sender is
 * @param watch the receiver is a monitor of the sender: it will hear from it at every interval
 * @param damped the sender came back not long ago and would rather own nothing new
 * @param digest of the sender's table
 * @param load how many addresses the sender owns
 * @param segments its interfaces
 * @param judgements the nodes that it watches and does not find alive
 * @param changed records that changed lately
 */
public record Heartbeat(
        NodeState state,
        boolean watch,
        boolean damped,
        long digest,
        int load,
        List<Segment> segments,
        List<Judgement> judgements,
        List<OwnershipRecord> changed)
        implements Message {
    private static final int ROOM_FOR_SEGMENTS = 600;
    private static final int ROOM_FOR_JUDGEMENTS = 300;

    /** Takes copies of the lists. */
    public Heartbeat {
        segments = List.copyOf(segments);
        judgements = List.copyOf(judgements);
        changed = List.copyOf(changed);
    }

    @Override
    public Kind kind() {
        return Kind.HEARTBEAT;
    }

    static Heartbeat read(Reader reader) throws Malformed {
        NodeState state = reader.constant(NodeState.values());
        int flags = reader.u8();
        long digest = reader.u64();
        int load = reader.u16();
        List<Segment> segments = new ArrayList<>();
        for (int count = reader.u8(); count > 0; count--) {
            segments.add(Segment.read(reader.slice(reader.u16())));
        }
        List<Judgement> judgements = new ArrayList<>();
        for (int count = reader.u8(); count > 0; count--) {
            judgements.add(new Judgement(reader.text(), reader.constant(Condition.values())));
        }
        List<OwnershipRecord> changed = Records.read(reader);
        return new Heartbeat(state, (flags & 1) != 0, (flags & 2) != 0, digest, load, segments, judgements, changed);
    }

    @Override
    public byte[] encode() {
        Writer writer = new Writer()
                .constant(state)
                .u8((watch ? 1 : 0) | (damped ? 2 : 0))
                .u64(digest)
                .u16(Math.min(load, 0xffff));
        list(
                writer,
                segments.stream().map(Segment::write).map(Heartbeat::measured).toList(),
                ROOM_FOR_SEGMENTS);
        list(writer, judgements.stream().map(Heartbeat::written).toList(), ROOM_FOR_JUDGEMENTS);
        return Records.write(writer, changed).toArray();
    }

    private static Writer measured(Writer element) {
        return new Writer().u16(element.length()).bytes(element);
    }

    private static Writer written(Judgement judgement) {
        return new Writer().text(judgement.node()).constant(judgement.condition());
    }

    /** As many elements as there is room for, behind their number. */
    private static void list(Writer writer, List<Writer> elements, int room) {
        Writer list = new Writer();
        int count = 0;
        for (Writer element : elements) {
            if (list.length() + element.length() > room || count == 255) {
                break;
            }
            list.bytes(element);
            count++;
        }
        writer.u8(count).bytes(list);
    }
}
