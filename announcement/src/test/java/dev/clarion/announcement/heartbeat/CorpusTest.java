package dev.clarion.announcement.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Datagrams that were made by hand, not by this code: each says in its first line what must become of it. And what becomes
 * of them when they are damaged: always a value.
 */
class CorpusTest {
    private static final int ROUNDS = 20_000;

    @SuppressWarnings("ArrayRecordComponent")
    record Sample(String name, String expected, byte[] datagram) {
        @Override
        public String toString() {
            return name;
        }
    }

    static KeyRing keys() {
        try {
            return KeyRing.of(List.of(
                    "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII),
                    "fedcba9876543210".getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<Sample> samples() throws IOException, URISyntaxException {
        Path corpus = Path.of(
                Objects.requireNonNull(CorpusTest.class.getResource("corpus")).toURI());
        try (Stream<Path> files = Files.list(corpus)) {
            return files.sorted().map(CorpusTest::sample).toList();
        }
    }

    private static Sample sample(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String hex = lines.stream().skip(1).collect(Collectors.joining());
            return new Sample(
                    file.getFileName().toString(),
                    lines.getFirst().substring(2),
                    HexFormat.of().parseHex(hex));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String outcome(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Accepted(Envelope envelope) ->
                "ACCEPTED " + envelope.message().kind();
            case Decoded.Dropped(DropReason reason) -> "DROPPED " + reason;
        };
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachBecomesWhatItSays(Sample sample) {
        assertThat(outcome(Datagrams.decode(sample.datagram(), keys()))).isEqualTo(sample.expected());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatThisVersionAcceptsItWritesInTheSameBytes(Sample sample) {
        boolean plain = !sample.name().startsWith("newer") && !sample.name().startsWith("old");
        if (plain && Datagrams.decode(sample.datagram(), keys()) instanceof Decoded.Accepted(Envelope envelope)) {
            assertThat(Datagrams.encode(envelope, keys())).isEqualTo(sample.datagram());
        }
    }

    @Test
    void theCorpusHasEveryKindAndEveryReasonOfTheDecoder() throws IOException, URISyntaxException {
        String all = samples().stream().map(Sample::expected).collect(Collectors.joining(","));
        for (Message.Kind kind : Message.Kind.values()) {
            assertThat(all).contains("ACCEPTED " + kind);
        }
        for (DropReason reason : DropReason.values()) {
            switch (reason) {
                case TOO_SHORT,
                        TOO_LONG,
                        NOT_OURS,
                        VERSION_TOO_NEW,
                        UNKNOWN_KEY,
                        BAD_SIGNATURE,
                        UNKNOWN_KIND,
                        MALFORMED -> assertThat(all).contains("DROPPED " + reason);
                case STRANGER, OWN, OTHER_SESSION, REPLAYED -> {}
            }
        }
    }

    @Test
    void whateverIsDamagedAndSignedAgainGivesAValueAndWhatIsAcceptedCanBeWrittenAndReadAgain()
            throws IOException, URISyntaxException {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom chance = new SplittableRandom(seed);
        List<Sample> samples = samples();
        KeyRing keys = keys();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damage(samples.get(chance.nextInt(samples.size())).datagram(), chance, keys);
            try {
                if (Datagrams.decode(damaged, keys) instanceof Decoded.Accepted(Envelope envelope)) {
                    byte[] again = Datagrams.encode(envelope, keys);
                    assertThat(again.length).isLessThanOrEqualTo(Datagrams.MAX_LENGTH);
                    assertThat(Datagrams.decode(again, keys)).isInstanceOf(Decoded.Accepted.class);
                }
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "seed " + seed + " round " + round + ": "
                                + HexFormat.of().formatHex(damaged),
                        failure);
            }
        }
    }

    private static byte[] damage(byte[] datagram, SplittableRandom chance, KeyRing keys) {
        int signed =
                Math.max(9, datagram.length - KeyRing.SIGNATURE + (chance.nextInt(4) == 0 ? chance.nextInt(-8, 9) : 0));
        byte[] damaged = Arrays.copyOf(datagram, signed);
        for (int flips = chance.nextInt(5); flips > 0; flips--) {
            damaged[chance.nextInt(signed)] = (byte) chance.nextInt(256);
        }
        return chance.nextInt(10) == 0 ? damaged : Datagrams.seal(damaged, keys);
    }
}
