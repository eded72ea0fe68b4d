package dev.clarion.net;

/** Strict reader of one address that is a part of a longer text; positions are those of the whole text. */
final class IpParser {
    private static final int GROUPS = 8;
    /** No address is longer in any form: eight groups of four digits, the last two as dotted decimal. */
    private static final int LONGEST = 45;

    private final String input;
    private final int from;
    private final int to;

    IpParser(String input, int from, int to) {
        this.input = input;
        this.from = from;
        this.to = to;
    }

    Ip parse() {
        if (from == to) {
            throw error(from, from == 0 ? "empty" : "missing address", "write an address such as 192.168.50.10");
        }
        boolean colon = refuseStrangers();
        if (!colon) {
            return Ip.ofV4(dotted(from));
        }
        Ip ip = groups();
        if (IpFormat.isMapped(ip)) {
            throw AddressSyntaxException.whole(
                    input, from, "IPv4-mapped IPv6 address", "did you mean " + IpFormat.dotted(ip.low()) + "?");
        }
        return ip;
    }

    /** Refuses what can be in no address with advice that fits it. Returns whether there is a colon. */
    private boolean refuseStrangers() {
        boolean colon = false;
        for (int i = from; i < to; i++) {
            char c = input.charAt(i);
            colon |= c == ':';
            if (c == '%') {
                throw error(i, "zone id", didYouMean(input.substring(from, i), "leave it out"));
            } else if (c == '/') {
                throw error(i, "prefix length where one address belongs", didYouMean(input.substring(from, i), ""));
            } else if (c == '[' || c == ']') {
                throw error(i, "bracket", didYouMean(unbracketed(), "leave it out"));
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                throw error(i, "white space", didYouMean(withoutSpaces(), "leave it out"));
            }
        }
        return colon;
    }

    private String unbracketed() {
        String part = input.substring(from, to);
        int close = part.indexOf(']');
        return part.startsWith("[") && close > 0 ? part.substring(1, close) : "";
    }

    private String withoutSpaces() {
        return input.substring(from, to).strip().replaceAll("[\\s\\p{Z}]", "");
    }

    /** The advice "did you mean ...?" if the corrected text is an address, else the other advice. */
    private static String didYouMean(String corrected, String otherwise) {
        if (corrected.length() > LONGEST) {
            // Also bounds how deep advice about advice can go.
            return otherwise;
        }
        try {
            return "did you mean " + Ip.parse(corrected) + "?";
        } catch (AddressSyntaxException stillWrong) {
            return otherwise;
        }
    }

    /** Four decimal numbers from {@code start} to the end of the part. */
    private int dotted(int start) {
        int bits = 0;
        int i = start;
        for (int count = 1; ; count++) {
            int end = i;
            while (end < to && input.charAt(end) != '.') {
                end++;
            }
            bits = bits << 8 | octet(start, i, end);
            if (count == 4 && end < to) {
                throw error(end, "more than four numbers", "an IPv4 address has four, as in 192.168.50.10");
            } else if (count == 4) {
                return bits;
            } else if (end == to) {
                throw error(
                        to,
                        "end after " + count + (count == 1 ? " number" : " numbers"),
                        "an IPv4 address has four, as in 192.168.50.10");
            }
            i = end + 1;
        }
    }

    private int octet(int start, int begin, int end) {
        int value = 0;
        for (int i = begin; i < end; i++) {
            char c = input.charAt(i);
            if (c == ':' && i > begin) {
                throw error(i, "unexpected ':'", "an address has no port");
            } else if (c < '0' || c > '9') {
                throw error(i, "unexpected " + Characters.show(input, i), "an IPv4 address is four decimal numbers");
            }
            value = Math.min(value * 10 + (c - '0'), 100_000);
        }
        if (begin == end) {
            throw error(begin, "missing number", "an IPv4 address has four, as in 192.168.50.10");
        } else if (end - begin > 1 && input.charAt(begin) == '0') {
            String decimal = input.substring(start, to).replaceAll("(^|\\.)0+(?=[0-9])", "$1");
            throw error(begin, "leading zero", didYouMean(decimal, "write it in decimal without the zero"));
        } else if (value > 255) {
            throw error(begin, "number beyond 255", "");
        }
        return value;
    }

    /** RFC 4291 section 2.2: eight groups, or fewer with one "::", the last two perhaps in dotted decimal. */
    private Ip groups() {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int i = from;
        while (i < to) {
            if (input.startsWith("::", i) && i + 1 < to) {
                if (gap >= 0) {
                    throw error(i, "second '::'", "an address may have one");
                }
                gap = count;
                i += 2;
                if (i == to) {
                    break;
                }
            } else if (count > 0 || input.charAt(i) == ':') {
                i = afterColon(i, count);
            }
            int end = groupEnd(i);
            if (end < to && input.charAt(end) == '.') {
                int bits = embedded(i, count);
                groups[count++] = bits >>> 16;
                groups[count++] = bits & 0xffff;
                i = to;
            } else {
                refuseGroup(i, end, count);
                groups[count++] = Integer.parseInt(input, i, end, 16);
                i = end;
            }
        }
        return spread(groups, count, gap);
    }

    private int afterColon(int i, int count) {
        if (input.charAt(i) != ':') {
            throw error(i, "unexpected " + Characters.show(input, i), "groups are hexadecimal, parted by ':'");
        } else if (count == 0) {
            throw error(i, "single ':' at the start", "did you mean '::'?");
        } else if (i + 1 == to) {
            throw error(i, "single ':' at the end", "did you mean '::'?");
        }
        return i + 1;
    }

    private int groupEnd(int begin) {
        int end = begin;
        while (end < to && Character.digit(input.charAt(end), 16) >= 0 && input.charAt(end) < 128) {
            end++;
        }
        return end;
    }

    private void refuseGroup(int begin, int end, int count) {
        if (begin == end) {
            throw error(begin, "unexpected " + Characters.show(input, begin), "groups are hexadecimal, parted by ':'");
        } else if (end - begin > 4) {
            throw error(begin, "group longer than four digits", "");
        } else if (count == GROUPS) {
            throw error(begin, "ninth group", "an IPv6 address has eight");
        }
    }

    private int embedded(int begin, int count) {
        if (count == 0 && begin == from) {
            throw error(input.indexOf(':', begin), "unexpected ':'", "an address has no port");
        } else if (count > GROUPS - 2) {
            throw error(begin, "no room for an IPv4 address", "it stands for the last two of eight groups");
        }
        return dotted(begin);
    }

    private Ip spread(int[] groups, int count, int gap) {
        if (gap < 0 && count < GROUPS) {
            throw error(to, "end after " + count + (count == 1 ? " group" : " groups"), "did you leave out '::'?");
        } else if (gap >= 0 && count == GROUPS) {
            throw AddressSyntaxException.whole(input, from, "'::' beside eight groups", "it stands for at least one");
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS; i++) {
            int source = gap < 0 || i < gap ? i : i - (GROUPS - count);
            long group = gap >= 0 && i >= gap && source < gap ? 0 : groups[source];
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
        }
        return Ip.ofV6(high, low);
    }

    private AddressSyntaxException error(int position, String what, String advice) {
        return AddressSyntaxException.at(input, position, what, advice);
    }
}
