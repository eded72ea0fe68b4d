package dev.clarion.linux.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Mac;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Router advertisements and solicitations, as octets and as what they say. */
class RouterMessageTest {
    private static final Mac MAC = Mac.parse("02:00:00:00:00:0a");

    @Test
    void ourAdvertisementSaysOnlyThatWeAreThere() {
        assertThat(HexFormat.of().formatHex(RouterMessage.advertise(MAC)))
                .isEqualTo("86000000" + "00000000" + "00000000" + "00000000" + "0101" + "02000000000a");
        assertThat(read(RouterMessage.advertise(MAC))).isEqualTo(new RouterMessage.Advertisement(0));
    }

    @Test
    void aSolicitationAsks() {
        assertThat(HexFormat.of().formatHex(RouterMessage.solicit(MAC)))
                .isEqualTo("85000000" + "00000000" + "0101" + "02000000000a");
        assertThat(read(RouterMessage.solicit(MAC))).isEqualTo(new RouterMessage.Solicitation());
    }

    @Test
    void anAdvertisementOfARouterIsReadWithWhateverOptions() {
        // Lifetime 1800, a prefix option of 32 octets, an MTU option of 8, one that nobody has told us of.
        String options = "030440c0" + "00".repeat(28) + "0501000000000578" + "fe01000000000000";
        byte[] octets = HexFormat.of().parseHex("8600abcd40000708" + "0000000000000000" + options);
        assertThat(read(octets)).isEqualTo(new RouterMessage.Advertisement(1800));
    }

    @Test
    void whatMustBeDroppedIsDropped() {
        for (String bad : new String[] {
            "",
            "86",
            "86000000000000", // Shorter than any message.
            "860000000000070800000000000000", // One octet short.
            "8601000000000708" + "0000000000000000", // A code that there is not.
            "8000000000000000", // An echo request.
            "8600000000000708" + "0000000000000000" + "0100000000000000", // An option of no length.
            "8600000000000708" + "0000000000000000" + "0102000000000000", // One longer than the rest.
            "8600000000000708" + "0000000000000000" + "01" // Half an option.
        }) {
            byte[] octets = HexFormat.of().parseHex(bad);
            assertThat(RouterMessage.read(octets, octets.length)).as(bad).isEmpty();
        }
    }

    @Test
    void anyOctetsAreReadOrDropped() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int read = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] octets = new byte[random.nextInt(64)];
            random.nextBytes(octets);
            if (octets.length > 1) {
                octets[0] = (byte) (133 + random.nextInt(2));
                octets[1] = 0;
            }
            read += RouterMessage.read(octets, octets.length).isPresent() ? 1 : 0;
        }
        assertThat(read).as("seed " + seed).isPositive();
    }

    private static RouterMessage read(byte[] octets) {
        return RouterMessage.read(octets, octets.length).orElseThrow();
    }
}
