package dev.clarion.bench.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bench.failover.Frame.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTest {
    private static final Frame.Address VIP = Frame.Address.of("192.168.50.200");
    private static final String ASKER = "02:00:00:00:50:fe";
    private static final String NEAR = "02:00:00:00:50:64";
    private static final String N1 = "02:00:00:00:50:11";
    private static final String N2 = "02:00:00:00:50:12";
    private static final String ALL = "ff:ff:ff:ff:ff:ff";

    private static Frame asks(double at, String who) {
        return new Frame(at, Kind.REQUEST, who, ALL, VIP, "");
    }

    private static Frame answers(double at, String who, String whom, String claimed) {
        return new Frame(at, Kind.REPLY, who, whom, VIP, claimed);
    }

    private static Wire wire(Frame... frames) {
        return Wire.of(List.of(frames), VIP, 0, 10_000, ASKER, N1);
    }

    @Test
    void aQuestionWithOneAnswerIsAnsweredOnce() {
        Wire wire = wire(asks(100, ASKER), answers(101, N1, ASKER, N1));

        assertThat(wire.doubly()).isZero();
        assertThat(wire.longestUnanswered()).isEqualTo(1);
        assertThat(wire.claimants()).containsExactly(N1);
        assertThat(wire.firstOfOthers()).isZero();
    }

    @Test
    void aCaretakerAndAnOwnerWhoBothAnswerAreTwoThoughTheyClaimTheSame() {
        Wire wire = wire(asks(100, ASKER), answers(101, N1, ASKER, N1), answers(102, N2, ASKER, N1));

        assertThat(wire.doubly()).isEqualTo(1);
        assertThat(wire.claimants()).containsExactly(N1);
    }

    @Test
    void twoWhoAskAtTheSameTimeHaveAnAnswerEach() {
        Wire wire =
                wire(asks(100, ASKER), asks(100.5, NEAR), answers(101, N1, ASKER, N1), answers(101.5, N2, NEAR, N2));

        assertThat(wire.doubly()).isZero();
        assertThat(wire.claimants()).isEqualTo(Set.of(N1, N2));
        assertThat(wire.firstOfOthers()).isEqualTo(101.5);
    }

    @Test
    void whoAsksOverAndOverWaitsFromHisFirstQuestionInVainToTheNextAnswer() {
        Wire wire = wire(
                asks(100, ASKER),
                answers(101, N1, ASKER, N1),
                asks(200, ASKER),
                asks(300, NEAR),
                answers(301, N1, NEAR, N1),
                asks(400, ASKER),
                asks(500, ASKER),
                answers(502, N2, ASKER, N2));

        assertThat(wire.longestUnanswered()).isEqualTo(302);
    }

    @Test
    void whoIsNeverAnsweredWaitsToTheEnd() {
        assertThat(wire(asks(4_000, ASKER), asks(5_000, ASKER)).longestUnanswered())
                .isEqualTo(6_000);
    }

    @Test
    void thePeakIsOfOneHostWithinASecond() {
        List<Frame> frames = List.of(
                new Frame(0, Kind.ANNOUNCEMENT, N1, ALL, VIP, N1),
                new Frame(500, Kind.ANNOUNCEMENT, N1, ALL, VIP, N1),
                new Frame(600, Kind.ANNOUNCEMENT, N2, ALL, VIP, N2),
                new Frame(1_200, Kind.ANNOUNCEMENT, N1, ALL, VIP, N1),
                new Frame(1_300, Kind.ANNOUNCEMENT, NEAR, ALL, VIP, NEAR));

        assertThat(Wire.peak(frames, 0, 10_000, Set.of(N1, N2))).isEqualTo(2);
    }

    @Test
    void framesAreReadAsTcpdumpWritesThem(@TempDir Path scratch) throws Exception {
        String request =
                "ffffffffffff 0200000050fe 0806 0001 0800 06 04 0001 0200000050fe c0a832fe 000000000000 c0a832c8";
        String reply =
                "0200000050fe 020000005011 0806 0001 0800 06 04 0002 020000005011 c0a832c8 0200000050fe c0a832fe";
        String gratuitous =
                "ffffffffffff 020000005012 0806 0001 0800 06 04 0001 020000005012 c0a832c8 000000000000 c0a832c8";
        String advertisement = "0200000050fe 020000005011 86dd 60000000 0020 3a ff fd500000000000000000000000000200"
                + "fd500000000000000000000000000254 8800 0000 60000000 fd500000000000000000000000000200 0201 020000005011";
        Path pcap = Files.write(scratch.resolve("pcap"), pcap(request, reply, gratuitous, advertisement));

        List<Frame> frames = Frame.read(pcap);

        assertThat(frames.stream().filter(f -> f.about().equals(VIP)).toList())
                .containsExactly(
                        new Frame(1_000_000, Kind.REQUEST, ASKER, ALL, VIP, ""),
                        new Frame(1_000_001, Kind.REPLY, N1, ASKER, VIP, N1),
                        new Frame(1_000_002, Kind.ANNOUNCEMENT, N2, ALL, VIP, N2));
        assertThat(frames.getLast())
                .isEqualTo(new Frame(1_000_003, Kind.REPLY, N1, ASKER, Frame.Address.of("fd50::200"), N1));
    }

    private static byte[] pcap(String... frames) {
        ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(160)
                .putInt(1);
        int millis = 0;
        for (String frame : frames) {
            byte[] bytes = HexFormat.of().parseHex(frame.replace(" ", ""));
            out.putInt(1000)
                    .putInt(millis * 1000)
                    .putInt(bytes.length)
                    .putInt(bytes.length)
                    .put(bytes);
            millis++;
        }
        byte[] all = new byte[out.position()];
        out.flip().get(all);
        return all;
    }
}
