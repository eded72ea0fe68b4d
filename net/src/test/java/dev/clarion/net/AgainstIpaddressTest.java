package dev.clarion.net;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares with an independent implementation, set as strict as it goes. */
class AgainstIpaddressTest {
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowPrefix(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .allowUnlimitedLeadingZeros(false)
            .allowBinary(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBase85(false)
            .allowBinary(false)
            .allowUnlimitedLeadingZeros(false)
            .getEmbeddedIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .allowUnlimitedLeadingZeros(false)
            .getEmbeddedIPv4AddressParentBuilder()
            .getParentBuilder()
            .toParams();

    private static final String ALPHABET = "0123456789abcdefABCDEFg.:::..%/- x";

    @Test
    void writesTheSameCanonicalText() {
        Seeded.check(1_000, 3_000, random -> {
            Ip ip = Seeded.ip(random);
            if (!IpFormat.isMapped(ip)) {
                assertThat(ip).hasToString(theirs(ip).toCanonicalString());
                assertThat(Ip.parse(ip.toString())).isEqualTo(ip);
            }
        });
    }

    @Test
    void readsWhatTheOtherReadsAndRefusesWhatTheOtherRefuses() {
        int[] accepted = new int[1];
        Seeded.check(2_000, 20_000, random -> {
            String text = mangled(form(random), random);
            IPAddress theirs = new IPAddressString(text, STRICT).getAddress();
            boolean theirsIsMapped =
                    theirs != null && theirs.isIPv6() && theirs.toIPv6().isIPv4Mapped();
            boolean trap = theirsIsMapped || text.contains("%") || text.contains(" ") || isEightGroupsWithGap(text);
            try {
                Ip ip = Ip.parse(text);
                accepted[0]++;
                assertThat(theirs).as(text).isNotNull();
                assertThat(ip.toBytes()).as(text).isEqualTo(theirs.getBytes());
            } catch (AddressSyntaxException refused) {
                assertThat(refused.position()).isBetween(0, text.length());
                assertThat(theirs == null || trap)
                        .as("[%s] refused with %s, theirs %s", text, refused.getMessage(), theirs)
                        .isTrue();
            }
        });
        assertThat(accepted[0]).as("of 20,000 texts").isBetween(5_000, 18_000);
    }

    /** The other implementation lets "::" stand for no group at all; RFC 4291 section 2.2 says one or more. */
    private static boolean isEightGroupsWithGap(String text) {
        long groups = Arrays.stream(text.split(":", -1))
                        .filter(group -> !group.isEmpty())
                        .count()
                + (text.contains(".") ? 1 : 0);
        return text.contains("::") && groups == 8;
    }

    /** A valid text in any of the forms. */
    private static String form(SplittableRandom random) {
        Ip ip = Seeded.ip(random);
        return switch (random.nextInt(4)) {
            case 0 -> theirs(ip).toCanonicalString();
            case 1 ->
                theirs(ip).toFullString().replaceAll("(^|\\.)0+(?=[0-9])", ip.family() == IpFamily.IPV4 ? "$1" : "$0");
            case 2 -> theirs(ip).toNormalizedString();
            default -> ip.family() == IpFamily.IPV6 ? theirs(ip).toIPv6().toMixedString() : ip.toString();
        };
    }

    private static String mangled(String text, SplittableRandom random) {
        StringBuilder mangled = new StringBuilder(text);
        for (int i = random.nextInt(3); i > 0 && !mangled.isEmpty(); i--) {
            int at = random.nextInt(mangled.length());
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(3)) {
                case 0 -> mangled.deleteCharAt(at);
                case 1 -> mangled.insert(at, c);
                default -> mangled.setCharAt(at, c);
            }
        }
        return mangled.toString();
    }

    @Test
    void splitsRangesIntoTheSamePrefixes() {
        Seeded.check(3_000, 300, random -> {
            IpRange range = Seeded.range(random);
            IPAddress[] theirs = theirs(range.first()).spanWithPrefixBlocks(theirs(range.last()));
            assertThat(range.prefixes().stream().map(Prefix::toString))
                    .containsExactlyElementsOf(Arrays.stream(theirs)
                            .map(block -> Ip.ofBytes(block.getLower().getBytes()) + "/" + block.getPrefixLength())
                            .toList());
            assertThat(range.size())
                    .isEqualTo(theirs(range.first())
                            .spanWithRange(theirs(range.last()))
                            .getCount());
            BigInteger sum = range.prefixes().stream().map(Prefix::size).reduce(BigInteger.ZERO, BigInteger::add);
            assertThat(sum).isEqualTo(range.size());
            assertThat(AddressSet.of(
                                    range.prefixes().stream().map(Prefix::range).toList())
                            .ranges())
                    .containsExactly(range);
            assertThat(IpRange.parse(range.toString())).isEqualTo(range);
        });
    }

    @Test
    void masksAndComparesAlike() {
        Seeded.check(4_000, 2_000, random -> {
            Ip ip = Seeded.ip(random);
            int length = random.nextInt(ip.family().bits() + 1);
            Prefix prefix = Prefix.containing(ip, length);
            IPAddress block = theirs(ip).toPrefixBlock(length);
            assertThat(prefix.first().toBytes()).isEqualTo(block.getLower().getBytes());
            assertThat(prefix.last().toBytes()).isEqualTo(block.getUpper().getBytes());
            assertThat(prefix.contains(ip)).isTrue();
            Ip other = Seeded.ip(random, ip.family());
            assertThat(prefix.contains(other)).isEqualTo(block.contains(theirs(other)));
            assertThat(Integer.signum(ip.compareTo(other)))
                    .isEqualTo(Integer.signum(
                            theirs(ip).getValue().compareTo(theirs(other).getValue())));
        });
    }

    private static IPAddress theirs(Ip ip) {
        return switch (ip.family()) {
            case IPV4 -> new inet.ipaddr.ipv4.IPv4Address(ip.toBytes());
            case IPV6 -> new inet.ipaddr.ipv6.IPv6Address(ip.toBytes());
        };
    }
}
