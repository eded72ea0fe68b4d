package dev.clarion.announcement.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatagramsTest {
    private static final byte[] OLD = "the key of yesterday".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "the key of tomorrow!".getBytes(StandardCharsets.US_ASCII);

    private static Envelope envelope(Message message) {
        return new Envelope("n1", new Session(1, 2), new Session(3, 4), 5, message);
    }

    private static OwnershipRecord record(int i, String owner) {
        return new OwnershipRecord(Ip.ofV6(0xfd50_0000_0000_0000L, i), owner, i, i, i % 7 == 0);
    }

    @Test
    void keysRotateWithoutAnybodyFallingSilent() throws GeneralSecurityException {
        List<KeyRing> stages = List.of(
                KeyRing.of(List.of(OLD)),
                KeyRing.of(List.of(OLD, NEW)),
                KeyRing.of(List.of(NEW, OLD)),
                KeyRing.of(List.of(NEW)));
        for (int stage = 1; stage < stages.size(); stage++) {
            KeyRing before = stages.get(stage - 1);
            KeyRing after = stages.get(stage);
            assertThat(Datagrams.decode(Datagrams.encode(envelope(new Hello()), before), after))
                    .isInstanceOf(Decoded.Accepted.class);
            assertThat(Datagrams.decode(Datagrams.encode(envelope(new Hello()), after), before))
                    .isInstanceOf(Decoded.Accepted.class);
        }
        assertThat(Datagrams.decode(Datagrams.encode(envelope(new Hello()), stages.getFirst()), stages.getLast()))
                .isEqualTo(new Decoded.Dropped(DropReason.UNKNOWN_KEY));
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> KeyRing.of(List.of(new byte[15]))).hasMessageContaining("at least 16");
        assertThatThrownBy(() -> KeyRing.of(List.of())).hasMessageContaining("at least one");
    }

    @Test
    void noBitOfADatagramCanBeChanged() throws GeneralSecurityException {
        KeyRing keys = KeyRing.of(List.of(OLD));
        byte[] datagram = Datagrams.encode(envelope(new TableRequest(77)), keys);
        for (int bit = 0; bit < 8 * datagram.length; bit++) {
            datagram[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Datagrams.decode(datagram, keys)).as("bit %d", bit).isInstanceOf(Decoded.Dropped.class);
            datagram[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(Datagrams.decode(datagram, keys)).isInstanceOf(Decoded.Accepted.class);
    }

    @Test
    void aTableOfAThousandRecordsGoesIntoPagesThatFitWhateverTheNames() throws GeneralSecurityException {
        KeyRing keys = KeyRing.of(List.of(OLD));
        for (int length : new int[] {2, 63, 253}) {
            List<OwnershipRecord> records = IntStream.range(0, 1_000)
                    .mapToObj(i -> record(i, "x".repeat(length - 2) + i % 100))
                    .toList();
            List<List<OwnershipRecord>> pages = Records.pages(records);
            List<OwnershipRecord> read = new ArrayList<>();
            for (int i = 0; i < pages.size(); i++) {
                Envelope sent = new Envelope(
                        "y".repeat(253),
                        new Session(1, 2),
                        Session.NONE,
                        9,
                        new TablePart(i, pages.size(), 1, pages.get(i)));
                byte[] datagram = Datagrams.encode(sent, keys);
                assertThat(datagram.length).isLessThanOrEqualTo(Datagrams.MAX_LENGTH);
                Decoded decoded = Datagrams.decode(datagram, keys);
                assertThat(decoded).isEqualTo(new Decoded.Accepted(sent));
                read.addAll(pages.get(i));
            }
            assertThat(read).isEqualTo(records);
        }
        assertThat(Records.pages(List.of())).isEqualTo(List.of(List.of()));
    }

    @Test
    void aHeartbeatThatWouldBeTooLongLeavesOutTheEnds() throws GeneralSecurityException {
        KeyRing keys = KeyRing.of(List.of(OLD));
        List<Segment> segments = IntStream.range(0, 30)
                .mapToObj(i -> new Segment(
                        "interface-" + i,
                        Mac.of(i),
                        true,
                        Segment.Gateway.UNKNOWN,
                        IntStream.range(0, 9)
                                .mapToObj(j -> new SegmentAddress(Ip.ofV6(i, j), 64))
                                .toList()))
                .toList();
        List<Judgement> judgements = IntStream.range(0, 200)
                .mapToObj(i -> new Judgement("node-with-a-rather-long-name-" + i, Condition.DEAD))
                .toList();
        List<OwnershipRecord> records =
                IntStream.range(0, 100).mapToObj(i -> record(i, "n1")).toList();
        Heartbeat heartbeat = new Heartbeat(NodeState.ACTIVE, true, false, 1, 100_000, segments, judgements, records);
        byte[] datagram =
                Datagrams.encode(new Envelope("y".repeat(253), new Session(1, 2), Session.NONE, 9, heartbeat), keys);
        assertThat(datagram.length).isLessThanOrEqualTo(Datagrams.MAX_LENGTH);
        Decoded decoded = Datagrams.decode(datagram, keys);
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Accepted.class, accepted -> {
            Heartbeat read = (Heartbeat) accepted.envelope().message();
            assertThat(read.segments()).isNotEmpty();
            assertThat(read.judgements()).isNotEmpty();
            assertThat(judgements).containsAll(read.judgements());
            assertThat(records).containsAll(read.changed());
        });
    }

    @Test
    void aNormalHeartbeatIsSmall() throws GeneralSecurityException {
        Heartbeat heartbeat = new Heartbeat(
                NodeState.ACTIVE,
                true,
                false,
                1,
                10,
                List.of(new Segment(
                        "eth0",
                        Mac.of(1),
                        true,
                        Segment.Gateway.ANSWERS,
                        List.of(SegmentAddress.parse("192.168.50.1/24"), SegmentAddress.parse("fd50::1/64")))),
                List.of(),
                List.of());
        assertThat(Datagrams.encode(envelope(heartbeat), KeyRing.of(List.of(OLD))).length)
                .isLessThan(180);
    }
}
