package dev.clarion.bgp.bfd.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5880 section 4.1, octet by octet. */
class ControlPacketTest {
    private static final int ROUNDS = 50_000;

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(
                        "the first packet of a session",
                        "20 40 03 18 0a0b0c0d 00000000 000f4240 000493e0 00000000",
                        new ControlPacket(
                                0,
                                BfdState.DOWN,
                                false,
                                false,
                                false,
                                false,
                                3,
                                0x0a0b_0c0d,
                                0,
                                1_000_000,
                                300_000,
                                0)),
                Arguments.of(
                        "up, polling, from a control plane that may die without BFD",
                        "20 e8 03 18 00000001 80000002 000186a0 000186a0 0000c350",
                        new ControlPacket(
                                0, BfdState.UP, true, false, true, false, 3, 1, 0x8000_0002, 100_000, 100_000, 50_000)),
                Arguments.of(
                        "the answer to a poll, in demand mode, with the greatest numbers",
                        "20 d2 ff 18 ffffffff fffffffe ffffffff ffffffff ffffffff",
                        new ControlPacket(
                                0,
                                BfdState.UP,
                                false,
                                true,
                                false,
                                true,
                                255,
                                -1,
                                -2,
                                0xffff_ffffL,
                                0xffff_ffffL,
                                0xffff_ffffL)),
                Arguments.of(
                        "down, since nothing was heard",
                        "21 40 05 18 00000007 00000008 000f4240 00002710 00000000",
                        new ControlPacket(
                                Diagnostic.CONTROL_DETECTION_TIME_EXPIRED.code(),
                                BfdState.DOWN,
                                false,
                                false,
                                false,
                                false,
                                5,
                                7,
                                8,
                                1_000_000,
                                10_000,
                                0)),
                Arguments.of(
                        "held down by people",
                        "27 00 02 18 00000007 00000008 000f4240 00000000 00000000",
                        new ControlPacket(
                                Diagnostic.ADMINISTRATIVELY_DOWN.code(),
                                BfdState.ADMIN_DOWN,
                                false,
                                false,
                                false,
                                false,
                                2,
                                7,
                                8,
                                1_000_000,
                                0,
                                0)),
                Arguments.of(
                        "a diagnostic that the RFC keeps for later, in INIT",
                        "3f 80 03 18 00000007 00000008 000f4240 00000001 00000000",
                        new ControlPacket(31, BfdState.INIT, false, false, false, false, 3, 7, 8, 1_000_000, 1, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void octetsAndPacketAreTheSameThing(String name, String hex, ControlPacket packet) {
        byte[] octets = hex(hex);
        assertThat(ControlPacket.fault(ByteBuffer.wrap(octets), octets.length)).isNull();
        assertThat(ControlPacket.decode(ByteBuffer.wrap(octets))).isEqualTo(packet);
        assertThat(encoded(packet)).isEqualTo(octets);
    }

    @Test
    void whatIsWrittenIsReadAgainAndStartsWithoutFault() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            ControlPacket packet = random(random);
            ByteBuffer octets = ByteBuffer.wrap(encoded(packet));
            assertThat(ControlPacket.fault(octets, ControlPacket.LENGTH))
                    .as("seed %d: %s", seed, packet)
                    .isNull();
            assertThat(ControlPacket.decode(octets)).as("seed %d", seed).isEqualTo(packet);
        }
    }

    @Test
    void whateverArrivesIsDroppedForAReasonOrReadAsWhatItSays() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = random.nextBoolean() ? new byte[random.nextInt(64)] : encoded(random(random));
            if (octets.length == ControlPacket.LENGTH && random.nextBoolean()) {
                octets[random.nextInt(4)] = (byte) random.nextInt(256);
                octets = Arrays.copyOf(octets, random.nextInt(20, 60));
            } else {
                random.nextBytes(octets);
            }
            check(octets, seed);
        }
    }

    private static void check(byte[] octets, long seed) {
        String told = "seed " + seed + ", " + HexFormat.of().formatHex(octets);
        try {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            if (ControlPacket.fault(buffer, octets.length) == null) {
                byte[] again = encoded(ControlPacket.decode(buffer));
                byte[] expected = Arrays.copyOf(octets, ControlPacket.LENGTH);
                // Only what we never send may differ: the length and the mark of authentication, and reserved
                // diagnostics.
                expected[1] &= ~0x04;
                expected[3] = ControlPacket.LENGTH;
                assertThat(again).as(told).isEqualTo(expected);
            }
        } catch (RuntimeException failure) {
            throw new AssertionError(told, failure);
        }
    }

    /** Each line breaks one rule and all that are asked after it, so that the order shows. */
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Discard.TRUNCATED, "00 01 00 00 00000000 00000000 00000000 00000000 000000"),
                Arguments.of(Discard.VERSION, "00 01 00 ff 00000000 00000000 00000000 00000000 00000000"),
                Arguments.of(Discard.VERSION, "40 40 03 18 00000001 00000000 00000000 00000000 00000000"),
                Arguments.of(Discard.LENGTH_TOO_SMALL, "20 01 00 17 00000000 00000000 00000000 00000000 00000000"),
                Arguments.of(Discard.LENGTH_TOO_SMALL, "20 05 00 19 00000000 00000000 00000000 00000000 00000000 0000"),
                Arguments.of(
                        Discard.LENGTH_BEYOND_DATAGRAM, "20 01 00 19 00000000 00000000 00000000 00000000 00000000"),
                Arguments.of(
                        Discard.LENGTH_BEYOND_DATAGRAM,
                        "20 05 00 1b 00000000 00000000 00000000 00000000 00000000 0000"),
                Arguments.of(Discard.MULTIPLIER_ZERO, "20 01 00 18 00000000 00000000 00000000 00000000 00000000"),
                Arguments.of(Discard.MULTIPOINT, "20 01 03 18 00000000 00000000 00000000 00000000 00000000"),
                Arguments.of(
                        Discard.MY_DISCRIMINATOR_ZERO, "20 40 03 18 00000000 00000000 00000000 00000000 00000000"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faults")
    void theFirstRuleThatIsBrokenIsTheReason(Discard reason, String hex) {
        byte[] octets = hex(hex);
        assertThat(ControlPacket.fault(ByteBuffer.wrap(octets), octets.length)).isEqualTo(reason);
    }

    @Test
    void aLongerDatagramThanThePacketIsNoFault() {
        byte[] octets = hex("20 40 03 18 00000001 00000000 000f4240 000f4240 00000000 dead");
        assertThat(ControlPacket.fault(ByteBuffer.wrap(octets), octets.length)).isNull();
    }

    @Test
    void authenticationIsSeenAndNotRead() {
        byte[] octets = hex("20 44 03 1a 00000001 00000009 000f4240 000f4240 00000000 0102");
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        assertThat(ControlPacket.fault(buffer, octets.length)).isNull();
        assertThat(ControlPacket.authenticated(buffer)).isTrue();
        assertThat(ControlPacket.yourDiscriminator(buffer)).isEqualTo(9);
        assertThat(ControlPacket.state(buffer)).isEqualTo(BfdState.DOWN);
    }

    @ParameterizedTest
    @EnumSource(Diagnostic.class)
    void everyDiagnosticIsItsCode(Diagnostic diagnostic) {
        assertThat(Diagnostic.of(diagnostic.code())).isEqualTo(diagnostic);
        assertThat(Diagnostic.of(31)).isEqualTo(Diagnostic.RESERVED);
    }

    @Test
    void valuesOutsideTheirRangesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> packet(32, 3, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> packet(0, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> packet(0, 256, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> packet(0, 3, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> packet(0, 3, 1, 1L << 32));
        assertThatIllegalArgumentException().isThrownBy(() -> packet(0, 3, 1, -1));
    }

    private static ControlPacket packet(int diagnostic, int multiplier, int discriminator, long interval) {
        return new ControlPacket(
                diagnostic,
                BfdState.UP,
                false,
                false,
                false,
                false,
                multiplier,
                discriminator,
                0,
                interval,
                interval,
                interval);
    }

    private static ControlPacket random(SplittableRandom random) {
        int discriminator = random.nextInt();
        return new ControlPacket(
                random.nextInt(32),
                BfdState.of(random.nextInt(4)),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(1, 256),
                discriminator == 0 ? 1 : discriminator,
                random.nextInt(),
                random.nextLong(1L << 32),
                random.nextLong(1L << 32),
                random.nextLong(1L << 32));
    }

    private static byte[] encoded(ControlPacket packet) {
        byte[] octets = new byte[ControlPacket.LENGTH];
        packet.encode(ByteBuffer.wrap(octets));
        return octets;
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
