package dev.clarion.net;

/** Strict reader of the three forms of a range. */
final class RangeParser {
    private RangeParser() {}

    static IpRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash >= 0) {
            refuseSpaces(text);
            return ends(text, dash);
        }
        return text.indexOf('/') >= 0 ? Prefix.parse(text).range() : IpRange.of(Ip.parse(text));
    }

    private static IpRange ends(String text, int dash) {
        Ip first = new IpParser(text, 0, dash).parse();
        refuseShortEnd(text, dash, first);
        Ip last = new IpParser(text, dash + 1, text.length()).parse();
        check(text, first, last);
        return new IpRange(first, last);
    }

    static void check(String text, Ip first, Ip last) {
        int second = text.indexOf('-') + 1;
        if (first.family() != last.family()) {
            throw AddressSyntaxException.whole(
                    text, second, "range from one family into the other", "write one range per family");
        } else if (first.compareTo(last) > 0) {
            throw AddressSyntaxException.whole(text, 0, "ends swapped", "did you mean " + last + "-" + first + "?");
        }
    }

    /** Spaces around the dash are the most usual slip, so the advice repairs the whole range. */
    private static void refuseSpaces(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i)) || Character.isSpaceChar(text.charAt(i))) {
                throw AddressSyntaxException.at(text, i, "white space", advice(text));
            }
        }
    }

    private static String advice(String text) {
        try {
            return "did you mean " + parse(text.replaceAll("[\\s\\p{Z}]", "")) + "?";
        } catch (AddressSyntaxException stillWrong) {
            return "leave it out";
        }
    }

    /** {@code 10.0.0.1-20} is common elsewhere; here both ends are whole addresses. */
    private static void refuseShortEnd(String text, int dash, Ip first) {
        String end = text.substring(dash + 1);
        if (first.family() == IpFamily.IPV4 && !end.isEmpty() && end.length() <= 3 && end.indexOf(':') < 0) {
            String whole = text.substring(0, text.lastIndexOf('.', dash) + 1) + end;
            try {
                String advice = "did you mean " + first + "-" + Ip.parse(whole) + "?";
                throw AddressSyntaxException.at(text, dash + 1, "short form of the last address", advice);
            } catch (AddressSyntaxException refused) {
                // Either the refusal above, or no address: then the general parser says what is wrong.
                if (refused.input().equals(text)) {
                    throw refused;
                }
            }
        }
    }
}
