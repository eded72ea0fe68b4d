package dev.clarion.arpndp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, decoding ends with a value, and what was decoded is what its encoding says. */
class FramesFuzzTest {

    private static final int ROUNDS = 100_000;
    private static final long SEED = 0x5eed_c1a7_1011L;

    @Test
    void anyBytesGiveAValue() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(160)];
            random.nextBytes(bytes);
            if (bytes.length > 13 && random.nextBoolean()) {
                boolean arp = random.nextBoolean();
                bytes[12] = (byte) (arp ? 0x08 : 0x86);
                bytes[13] = (byte) (arp ? 0x06 : 0xdd);
            }
            check(bytes, round);
        }
    }

    @Test
    void anyDamageToAValidFrameGivesAValue() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] valid = Vectors.ALL.get(random.nextInt(Vectors.ALL.size())).bytes();
            byte[] bytes = Arrays.copyOf(valid, random.nextInt(4) == 0 ? random.nextInt(130) : valid.length);
            for (int damage = random.nextInt(4); damage > 0 && bytes.length > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            check(bytes, round);
        }
    }

    @Test
    void everyMessageSurvivesBothWays() {
        SplittableRandom random = new SplittableRandom(SEED + 2);
        for (int round = 0; round < ROUNDS / 10; round++) {
            Frame frame = randomFrame(random);
            assertThat(Frames.decode(frame.encode()))
                    .as("seed %d round %d", SEED, round)
                    .isEqualTo(frame);
        }
    }

    private static void check(byte[] bytes, int round) {
        try {
            switch (Frames.decode(bytes)) {
                case Decoded.Malformed malformed ->
                    assertThat(malformed.defect()).isNotNull();
                case Frame frame -> assertThat(Frames.decode(frame.encode())).isEqualTo(frame);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + SEED + " round " + round + ": " + HexFormat.of().formatHex(bytes), e);
        }
    }

    private static Frame randomFrame(SplittableRandom random) {
        EthernetHeader arp = new EthernetHeader(mac(random), mac(random), EthernetHeader.ARP);
        EthernetHeader ipv6 = new EthernetHeader(mac(random), mac(random), EthernetHeader.IPV6);
        Ip target = unicast(random);
        Optional<Mac> option = random.nextBoolean() ? Optional.of(mac(random)) : Optional.empty();
        Optional<Nonce> nonce =
                random.nextBoolean() ? Optional.of(new Nonce(random.nextLong(1L << 48))) : Optional.empty();
        return switch (random.nextInt(3)) {
            case 0 ->
                new Frame.Arp(
                        arp,
                        new ArpPacket(
                                random.nextBoolean() ? ArpPacket.Operation.REQUEST : ArpPacket.Operation.REPLY,
                                mac(random),
                                Ip.ofV4(random.nextInt()),
                                mac(random),
                                Ip.ofV4(random.nextInt())));
            case 1 ->
                new Frame.Solicitation(
                        ipv6,
                        new NeighborSolicitation(
                                unicast(random), SolicitedNode.groupOf(target), target, option, nonce));
            default ->
                new Frame.Advertisement(
                        ipv6,
                        new NeighborAdvertisement(
                                unicast(random),
                                unicast(random),
                                random.nextBoolean(),
                                random.nextBoolean(),
                                random.nextBoolean(),
                                target,
                                option));
        };
    }

    private static Mac mac(SplittableRandom random) {
        return Mac.of(random.nextLong() & 0xffff_ffff_ffffL);
    }

    private static Ip unicast(SplittableRandom random) {
        return Ip.ofV6(random.nextLong() >>> 1, random.nextLong());
    }
}
