package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a NOTIFICATION says to people, and hard resets (RFC 9003, RFC 8538). */
class NotificationTest {
    @Test
    void aShutdownCommunicationIsShownWithoutControlCharacters() {
        assertThat(shutdown("05 62 79 65 0a 21").describe()).isEqualTo("administrative shutdown (6/2): bye !");
        // An escape sequence, and a character that would turn the line around.
        assertThat(shutdown("09 1b 5b 33 31 6d e2 80 ae 21").communication()).contains("[31m !");
    }

    @Test
    void aBadLengthIsStillACease() {
        for (String data : new String[] {"", "00", "09 62", "01 62 79", "ff"}) {
            Notification cease = shutdown(data);
            byte[] octets = cease.encode(WireContext.INITIAL);
            assertThat(Messages.decode(octets, WireContext.INITIAL)).isEqualTo(new Decoded.Accepted(cease, List.of()));
            assertThat(cease.error()).contains(BgpError.ADMINISTRATIVE_SHUTDOWN);
            assertThat(cease.describe()).as(data).isEqualTo("administrative shutdown (6/2)");
        }
    }

    @Test
    void otherErrorsHaveNoWords() {
        Notification rejected = Notification.of(BgpError.CONNECTION_REJECTED, Bytes.of(Hex.bytes("03 627965")));
        assertThat(rejected.describe()).isEqualTo("connection rejected (6/5)");
        assertThat(new Notification(42, 7, Bytes.EMPTY).describe()).isEqualTo("error 42/7");
    }

    @Test
    void longWordsAreCutAfterAWholeCharacter() {
        assertThat(Notification.reset("a".repeat(300)).communication()).contains("a".repeat(255));
        Notification cut = Notification.shutdown("\u20ac".repeat(100)); // Three octets each.
        assertThat(cut.data().length()).isEqualTo(1 + 255);
        assertThat(cut.communication()).contains("\u20ac".repeat(85));
        assertThat(Notification.shutdown("a" + "\u20ac".repeat(100)).communication())
                .contains("a" + "\u20ac".repeat(84));
    }

    @Test
    void aHardResetShowsWhatIsInsideIt() {
        Notification inside = Notification.shutdown("moving");
        assertThat(inside.hardReset().wrapped()).contains(inside);
        assertThat(inside.wrapped()).isEmpty();
        assertThat(inside.hardReset().describe()).isEqualTo("hard reset, administrative shutdown (6/2): moving");
        Notification empty = Notification.of(BgpError.HARD_RESET);
        assertThat(empty.wrapped()).isEmpty();
        assertThat(empty.describe()).isEqualTo("hard reset (6/9)");
    }

    @Test
    void aHardResetInsideAHardResetIsNoEndlessStory() {
        Notification nested = Notification.of(BgpError.HARD_RESET);
        for (int i = 0; i < 20_000; i++) {
            nested = nested.hardReset();
        }
        assertThat(nested.describe()).isEqualTo("hard reset, hard reset (6/9)");
    }

    private static Notification shutdown(String data) {
        return Notification.of(BgpError.ADMINISTRATIVE_SHUTDOWN, Bytes.of(Hex.bytes(data)));
    }
}
