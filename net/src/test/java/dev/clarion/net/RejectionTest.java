package dev.clarion.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, at which position, with which words. */
class RejectionTest {

    @ParameterizedTest(name = "address [{0}]")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "``|0|empty at 0; write an address such as 192.168.50.10",
                "192.168.010.1|8|leading zero at 8; did you mean 192.168.10.1?",
                "00.0.0.0|0|leading zero at 0; did you mean 0.0.0.0?",
                "1.2|3|end after 2 numbers at 3; an IPv4 address has four, as in 192.168.50.10",
                "7|1|end after 1 number at 1; an IPv4 address has four, as in 192.168.50.10",
                "1.2.3.|6|missing number at 6; an IPv4 address has four, as in 192.168.50.10",
                "1..3.4|2|missing number at 2; an IPv4 address has four, as in 192.168.50.10",
                "1.2.3.4.5|7|more than four numbers at 7; an IPv4 address has four, as in 192.168.50.10",
                "1.2.3.256|6|number beyond 255 at 6",
                "1.2.3.99999999999999999999|6|number beyond 255 at 6",
                "1.2.3.0x4|7|unexpected 'x' at 7; an IPv4 address is four decimal numbers",
                "-1.2.3.4|0|unexpected '-' at 0; an IPv4 address is four decimal numbers",
                "1.2.3.\u0664|6|unexpected character U+0664 at 6; an IPv4 address is four decimal numbers",
                " 1.2.3.4|0|white space at 0; did you mean 1.2.3.4?",
                "1.2.3.4 |7|white space at 7; did you mean 1.2.3.4?",
                "1.2.3.4/32|7|prefix length where one address belongs at 7; did you mean 1.2.3.4?",
                "1.2.3.4:80|7|unexpected ':' at 7; an address has no port",
                "example|0|unexpected 'e' at 0; an IPv4 address is four decimal numbers",
                "::ffff:1.2.3.4|0|IPv4-mapped IPv6 address; did you mean 1.2.3.4?",
                "::ffff:102:304|0|IPv4-mapped IPv6 address; did you mean 1.2.3.4?",
                "fe80::1%eth0|7|zone id at 7; did you mean fe80::1?",
                "[::1]|0|bracket at 0; did you mean ::1?",
                "[::1]:80|0|bracket at 0; did you mean ::1?",
                "1::2::3|4|second '::' at 4; an address may have one",
                ":::|2|unexpected ':' at 2; groups are hexadecimal, parted by ':'",
                "1:2|3|end after 2 groups at 3; did you leave out '::'?",
                ":1|0|single ':' at the start at 0; did you mean '::'?",
                "1:2:3:4:5:6:7:|13|single ':' at the end at 13; did you mean '::'?",
                "1:2:3:4:5:6:7:8:9|16|ninth group at 16; an IPv6 address has eight",
                "1:2:3:4:5:6:7:8::|0|'::' beside eight groups; it stands for at least one",
                "1:2:3:4::5:6:7:8|0|'::' beside eight groups; it stands for at least one",
                "::12345|2|group longer than four digits at 2",
                "::g|2|unexpected 'g' at 2; groups are hexadecimal, parted by ':'",
                "1:2:3:4:5:6:7:1.2.3.4|14|no room for an IPv4 address at 14; it stands for the last two of eight groups",
                "::1.2.3.04|8|leading zero at 8; did you mean 1.2.3.4?",
                "::1.2.3|7|end after 3 numbers at 7; an IPv4 address has four, as in 192.168.50.10",
                "::\uff11|2|unexpected character U+FF11 at 2; groups are hexadecimal, parted by ':'",
            })
    void addresses(String text, int position, String message) {
        check(text, position, message, () -> Ip.parse(text));
    }

    @Test
    void lengthAndNestingOfTheInputCostNoStack() {
        for (String piece : List.of("[", "]", "[]", " ", "%", "/", ":", "::", ".", "0", "1.", "-", "[ %/", "1:")) {
            String text = piece.repeat(20_000);
            for (Consumer<String> parser :
                    List.<Consumer<String>>of(Ip::parse, Prefix::parse, IpRange::parse, Mac::parse)) {
                assertThatThrownBy(() -> parser.accept(text)).isInstanceOf(AddressSyntaxException.class);
            }
        }
        assertThatThrownBy(() -> Ip.parse("1]")).hasMessage("bracket at 1; leave it out");
    }

    @ParameterizedTest(name = "prefix [{0}]")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "10.0.0.5/24|0|host bits set; did you mean 10.0.0.0/24 or 10.0.0.5/32?",
                "2001:db8::1/64|0|host bits set; did you mean 2001:db8::/64 or 2001:db8::1/128?",
                "10.0.0.0|8|no prefix length at 8; did you mean 10.0.0.0/32?",
                "10.0.0.0/|9|missing prefix length at 9; 0 to 32 fit this address",
                "10.0.0.0/33|9|prefix length beyond 32 at 9; 0 to 32 fit this address",
                "::/129|3|prefix length beyond 128 at 3; 0 to 128 fit this address",
                "::/99999999999|3|prefix length beyond 128 at 3; 0 to 128 fit this address",
                "10.0.0.0/08|9|leading zero at 9; did you mean 10.0.0.0/8?",
                "10.0.0.0/+8|9|unexpected '+' at 9; the prefix length is a decimal number",
                "10.0.0.0/8/9|10|unexpected '/' at 10; the prefix length is a decimal number",
                "10.0.0.0/255.255.255.0|9|netmask at 9; did you mean 10.0.0.0/24?",
                "10.0.0.0/255.0.255.0|9|netmask at 9; write the number of its leading ones",
                "10.0.0/8|6|end after 3 numbers at 6; an IPv4 address has four, as in 192.168.50.10",
                "/8|0|empty at 0; write an address such as 192.168.50.10",
            })
    void prefixes(String text, int position, String message) {
        check(text, position, message, () -> Prefix.parse(text));
    }

    @ParameterizedTest(name = "range [{0}]")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "10.0.0.9-10.0.0.1|0|ends swapped; did you mean 10.0.0.1-10.0.0.9?",
                "10.0.0.1-::1|9|range from one family into the other; write one range per family",
                "10.0.0.1 - 10.0.0.9|8|white space at 8; did you mean 10.0.0.1-10.0.0.9?",
                "10.0.0.1 - 10.0.0|8|white space at 8; leave it out",
                "10.0.0.1-20|9|short form of the last address at 9; did you mean 10.0.0.1-10.0.0.20?",
                "10.0.0.1-|9|missing address at 9; write an address such as 192.168.50.10",
                "-10.0.0.1|0|empty at 0; write an address such as 192.168.50.10",
                "10.0.0.1-10.0.0.2-10.0.0.3|17|unexpected '-' at 17; an IPv4 address is four decimal numbers",
                "10.0.0.1-10.0.0.010|16|leading zero at 16; did you mean 10.0.0.10?",
                "10.0.0.0/24-10.0.1.0/24|8|prefix length where one address belongs at 8; did you mean 10.0.0.0?",
            })
    void ranges(String text, int position, String message) {
        check(text, position, message, () -> IpRange.parse(text));
    }

    @ParameterizedTest(name = "mac [{0}]")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "52-54-00-12-34-56|2|unexpected '-' at 2; did you mean 52:54:00:12:34:56?",
                "5254.0012.3456|2|unexpected '5' at 2; did you mean 52:54:00:12:34:56?",
                "52:54:00:12:34|14|unexpected end at 14; a hardware address is six bytes, as in 52:54:00:12:34:56",
                "52:54:00:12:34:56:78|17|unexpected ':' at 17; a hardware address is six bytes, as in 52:54:00:12:34:56",
                "52:54:00:12:34:5g|16|unexpected 'g' at 16; a hardware address is six bytes, as in 52:54:00:12:34:56",
                "52:4:00:12:34:56|4|unexpected ':' at 4; a hardware address is six bytes, as in 52:54:00:12:34:56",
            })
    void hardwareAddresses(String text, int position, String message) {
        check(text, position, message, () -> Mac.parse(text));
    }

    private static void check(String text, int position, String message, Runnable parse) {
        AddressSyntaxException refusal = catchThrowableOfType(AddressSyntaxException.class, parse::run);
        assertThat(refusal).as(text).isNotNull().hasMessage(message);
        assertThat(refusal.input()).isEqualTo(text);
        assertThat(refusal.position()).isEqualTo(position);
    }
}
