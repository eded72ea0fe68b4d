package dev.clarion.net;

/** Strict reader of {@code address/length}. */
final class PrefixParser {
    private PrefixParser() {}

    static Prefix parse(String text) {
        int slash = text.indexOf('/');
        Ip ip = new IpParser(text, 0, slash < 0 ? text.length() : slash).parse();
        if (slash < 0) {
            throw AddressSyntaxException.at(
                    text,
                    text.length(),
                    "no prefix length",
                    "did you mean " + ip + "/" + ip.family().bits() + "?");
        }
        int length = length(text, slash + 1, ip);
        check(text, ip, length);
        return new Prefix(ip, length);
    }

    static boolean fits(Ip ip, int length) {
        int bits = ip.family().bits();
        return length >= 0 && length <= bits && Bits.trailingZeros(ip.high(), ip.low()) >= bits - length;
    }

    /** Throws what is wrong with the pair, if anything is. */
    static void check(String text, Ip ip, int length) {
        int bits = ip.family().bits();
        if (length < 0 || length > bits) {
            throw AddressSyntaxException.at(
                    text, text.indexOf('/') + 1, "prefix length beyond " + bits, "0 to " + bits + " fit this address");
        }
        if (!fits(ip, length)) {
            String advice = "did you mean " + Prefix.containing(ip, length) + " or " + ip + "/" + bits + "?";
            throw AddressSyntaxException.whole(text, 0, "host bits set", advice);
        }
    }

    private static int length(String text, int from, Ip ip) {
        if (from == text.length()) {
            throw AddressSyntaxException.at(
                    text, from, "missing prefix length", "0 to " + ip.family().bits() + " fit this address");
        }
        if (text.indexOf('.', from) >= 0) {
            throw AddressSyntaxException.at(text, from, "netmask", maskAdvice(text, from, ip));
        }
        int length = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw AddressSyntaxException.at(
                        text, i, "unexpected " + Characters.show(text, i), "the prefix length is a decimal number");
            }
            length = Math.min(length * 10 + (c - '0'), 1_000);
        }
        if (text.length() - from > 1 && text.charAt(from) == '0') {
            throw AddressSyntaxException.at(text, from, "leading zero", "did you mean " + ip + "/" + length + "?");
        }
        return length;
    }

    private static String maskAdvice(String text, int from, Ip ip) {
        String otherwise = "write the number of its leading ones";
        try {
            int mask = Ip.parse(text.substring(from)).toV4Bits();
            int ones = Integer.numberOfLeadingZeros(~mask);
            boolean contiguous = ones == Integer.bitCount(mask);
            return contiguous && ip.family() == IpFamily.IPV4 ? "did you mean " + ip + "/" + ones + "?" : otherwise;
        } catch (AddressSyntaxException | IllegalStateException noMask) {
            return otherwise;
        }
    }
}
