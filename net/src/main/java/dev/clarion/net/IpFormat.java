package dev.clarion.net;

/** Canonical text of addresses: dotted decimal for IPv4, RFC 5952 for IPv6. */
final class IpFormat {
    private static final int GROUPS = 8;

    private IpFormat() {}

    static String format(Ip ip) {
        return switch (ip.family()) {
            case IPV4 -> dotted(ip.low());
            case IPV6 -> isMapped(ip) ? "::ffff:" + dotted(ip.low()) : groups(ip);
        };
    }

    static boolean isMapped(Ip ip) {
        return ip.family() == IpFamily.IPV6 && ip.high() == 0 && ip.low() >>> 32 == 0xffff;
    }

    static String dotted(long bits) {
        return (bits >>> 24 & 0xff) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    /** RFC 5952 section 4: lower case, no leading zeros, the first longest run of two or more zero groups as "::". */
    private static String groups(Ip ip) {
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zeros(ip, i);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(ip, i)));
            }
        }
        return text.toString();
    }

    private static int zeros(Ip ip, int from) {
        int end = from;
        while (end < GROUPS && group(ip, end) == 0) {
            end++;
        }
        return end - from;
    }

    private static int group(Ip ip, int index) {
        long half = index < 4 ? ip.high() : ip.low();
        return (int) (half >>> (16 * (3 - index % 4))) & 0xffff;
    }
}
