package dev.clarion.announcement.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.announcement.flows.FlowMessage.Heard;
import dev.clarion.announcement.flows.FlowMessage.Loaded;
import dev.clarion.announcement.flows.FlowMessage.Part;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlowMessageTest {
    private static final Ip HOME = Ip.parse("10.9.0.11");

    private static Flow flow(String client, int clientPort, String address, int port) {
        return new Flow(6, Ip.parse(client), clientPort, Ip.parse(address), port);
    }

    @Test
    void bytesAreWhatTheJavadocSays() {
        FlowSet flows = FlowSet.NONE.and(
                HOME, List.of(flow("10.0.0.1", 0x1234, "10.9.0.200", 80), flow("10.0.0.2", 65535, "10.9.0.200", 80)));
        assertThat(HexFormat.of().formatHex(new Part(2, 1, 3, flows).encode()))
                .isEqualTo("01" + "02" + "0001" + "0003" + "04" + "0a09000b" + "06" + "0a0900c8" + "0050" + "0002"
                        + "0a000001" + "1234" + "0a000002" + "ffff");
        assertThat(HexFormat.of().formatHex(new Heard(1, List.of(0, 8191)).encode()))
                .isEqualTo("02" + "01" + "0002" + "0000" + "1fff");
        assertThat(HexFormat.of().formatHex(new Loaded(0, FlowReason.NO_ROOM, 100_000).encode()))
                .isEqualTo("03" + "00" + "01" + "000186a0");
    }

    @Test
    void whatIsWrittenIsRead() {
        FlowSet flows = FlowSet.NONE
                .and(HOME, List.of(flow("10.0.0.1", 1, "10.9.0.200", 80)))
                .and(Ip.parse("fe80::1"), List.of(flow("fd00::1", 0, "fd09::200", 443)))
                .and(Ip.parse("10.9.0.12"), List.of(new Flow(17, Ip.parse("10.0.0.1"), 2, Ip.parse("10.9.0.201"), 53)));
        for (FlowMessage message : List.of(
                new Part(0, 0, 1, flows),
                new Part(255, 8191, 8192, FlowSet.NONE),
                new Heard(3, List.of()),
                new Heard(3, List.of(1, 65535)),
                new Loaded(9, FlowReason.KEPT, 0))) {
            assertThat(FlowMessage.decode(message.encode())).contains(message);
        }
    }

    @Test
    void aSetIsCutIntoPartsThatFitAndNothingOfItIsLost() {
        SplittableRandom random = new SplittableRandom(7);
        for (int size : List.of(0, 1, 157, 158, 5_000)) {
            FlowSet flows = FlowSet.NONE;
            List<Flow> four = new ArrayList<>();
            List<Flow> six = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                four.add(flow(
                        "10.1." + i / 250 + "." + i % 250, random.nextInt(65_536), "10.9.0." + random.nextInt(4), 80));
                six.add(flow("fd01::" + Integer.toHexString(i), 7, "fd09::" + random.nextInt(9), random.nextInt(9)));
            }
            flows = flows.and(HOME, four).and(Ip.parse("fd09::11"), six);
            List<Part> parts = FlowMessage.parts(1, flows);
            List<FlowSet> back = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                assertThat(parts.get(i).number()).isEqualTo(i);
                assertThat(parts.get(i).of()).isEqualTo(parts.size());
                byte[] bytes = parts.get(i).encode();
                assertThat(bytes.length).isLessThanOrEqualTo(FlowMessage.MAX_BYTES);
                back.add(((Part) FlowMessage.decode(bytes).orElseThrow()).flows());
            }
            assertThat(FlowSet.all(back)).isEqualTo(flows);
        }
    }

    @Test
    void aHundredThousandFlowsOfEitherFamilyFit() {
        for (String net : List.of("10.0.0.0", "fd01::")) {
            List<Flow> all = new ArrayList<>();
            Ip client = Ip.parse(net);
            Ip address = Ip.parse(net.equals("fd01::") ? "fd09::200" : "10.9.0.200");
            for (int i = 0; i < FlowSet.MAX; i++) {
                client = client.next();
                all.add(new Flow(6, client, 1, address, 80));
            }
            List<Part> parts = FlowMessage.parts(0, FlowSet.NONE.and(address, all));
            assertThat(parts.size()).isLessThanOrEqualTo(FlowMessage.MAX_PARTS);
            assertThat(parts.stream().mapToInt(part -> part.flows().size()).sum())
                    .isEqualTo(FlowSet.MAX);
        }
    }

    @Test
    void whatIsNoMessageIsDropped() {
        String group = "04" + "0a09000b" + "06" + "0a0900c8" + "0050" + "0001" + "0a000001" + "1234";
        for (String wrong : List.of(
                "",
                "01",
                "04000000",
                // Cut short, in each field.
                "01000000000104",
                ("0100" + "0000" + "0001" + group).substring(0, 2 * (6 + 19)),
                // A part beyond the last, and more parts than there may be.
                "0100" + "0001" + "0001" + group,
                "0100" + "0000" + "2001" + group,
                "0100" + "0000" + "0000" + group,
                // A family that there is not; a protocol without ports; more flows than bytes.
                "0100" + "0000" + "0001" + group.replaceFirst("04", "05"),
                "0100" + "0000" + "0001" + group.replace("0b06", "0b01"),
                "0100" + "0000" + "0001" + group.replace("0001" + "0a000001", "ffff" + "0a000001"),
                "0200" + "0101" + "0000".repeat(257),
                "0200" + "0002" + "0000",
                "030000" + "ffffffff",
                "0300")) {
            assertThat(FlowMessage.decode(HexFormat.of().parseHex(wrong)))
                    .as(wrong)
                    .isEmpty();
        }
        assertThat(FlowMessage.decode(new byte[FlowMessage.MAX_BYTES + 1])).isEmpty();
        assertThat(FlowMessage.decode(HexFormat.of().parseHex("0300" + "63" + "00000005")))
                .as("a reason of a newer version")
                .isEqualTo(Optional.of(new Loaded(0, FlowReason.REFUSED, 5)));
    }

    @Test
    void randomAndMangledBytesNeverHurt() {
        long seed = 20_261_121;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good =
                new Part(0, 0, 1, FlowSet.NONE.and(HOME, List.of(flow("10.0.0.1", 1, "10.9.0.200", 80)))).encode();
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes;
            if (i % 2 == 0) {
                bytes = new byte[random.nextInt(80)];
                random.nextBytes(bytes);
                if (bytes.length > 0) {
                    bytes[0] = (byte) random.nextInt(4);
                }
            } else {
                bytes = good.clone();
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Optional<FlowMessage> message = FlowMessage.decode(bytes);
            read += message.isPresent() ? 1 : 0;
            message.ifPresent(some -> assertThat(FlowMessage.decode(some.encode()))
                    .as("seed %d", seed)
                    .contains(some));
        }
        assertThat(read).isPositive();
    }

    @Test
    void aFlowHasOneFamilyAndAProtocolWithPorts() {
        assertThatThrownBy(() -> flow("10.0.0.1", 1, "fd09::200", 80)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> flow("10.0.0.1", 65_536, "10.9.0.200", 80))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Flow(1, HOME, 1, HOME, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
