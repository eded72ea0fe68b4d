package dev.clarion.arpndp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.arpndp.Sandbox.Program;
import dev.clarion.net.Mac;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * The announcer against Linux as a neighbour: a node with the announcer, a client, and another host that has the address
 * before or wants it, on a bridge that snoops multicast and queries, with duplicate address detection on.
 */
@TestInstance(Lifecycle.PER_CLASS)
class AnnouncerIT {

    private static final String VIP4 = "10.9.0.200";
    private static final String VIP6 = "fd09::200";
    private static final String NODE = "02:00:00:00:00:0a";
    private static final String OTHER = "02:00:00:00:00:0b";
    private static final String ON_CLIENT = "ip netns exec client ";
    private static final String ON_OTHER = "ip netns exec other ";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern ANSWERED = Pattern.compile("(\\d+) packets received.*\\((\\d+) extra\\)");

    private Sandbox sandbox;
    private Program announcer;

    @BeforeAll
    void raiseTheSegment() {
        // A condition that takes long must not go on beside the next one: they share the program's input.
        Awaitility.pollInSameThread();
        sandbox = TestSegment.raise("mcast_snooping 1 mcast_querier 1"
                + " mcast_query_response_interval 100 mcast_startup_query_interval 100 mcast_startup_query_count 10");
        startTheAnnouncer(List.of());
    }

    private void startTheAnnouncer(List<String> options, String... arguments) {
        announcer = sandbox.java("node", AnnouncerProgram.class, options, arguments);
        announcer.say("own eth0");
        awaitStatus("eth0 OPEN");
    }

    @AfterEach
    void ownNothing() {
        announcer.say("own eth0");
        sandbox.sh(ON_CLIENT + "ip neigh flush all; " + ON_OTHER + "ip neigh flush all");
    }

    @AfterAll
    void endTheSegment() {
        announcer.close();
        sandbox.close();
    }

    @Test
    void aNeighbourResolvesOwnedAddressesOfBothFamilies() {
        announcer.say("own eth0 " + VIP4 + " " + VIP6);
        assertResolvedTo(NODE, VIP4, "ping -c 1 -W 1 ");
        assertResolvedTo(NODE, VIP6, "ping -c 1 -W 1 ");
    }

    @Test
    void eachQuestionGetsOneAnswerAndForeignAddressesGetNone() {
        announcer.say("own eth0 " + VIP4 + " " + VIP6);
        // What asks also counts announcements as answers, so they have to be over.
        await().atMost(SOON).until(() -> announced(VIP4) == 12 && announced(VIP6) == 3);
        long before = dropped("NOT_OURS");
        assertThat(arpAnswers(VIP4, 3)).isEqualTo(3);
        assertThat(ndpAnswers(VIP6)).isEqualTo(1);
        assertThat(arpAnswers("10.9.0.201", 2)).isZero();
        // Same last 24 bits, so it arrives by the same group.
        assertThat(ndpAnswers("fd09::1:0:200")).isZero();
        assertThat(dropped("NOT_OURS") - before).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aReleasedAddressIsSilentAtOnce() {
        announcer.say("own eth0 " + VIP4 + " " + VIP6);
        awaitAnswered(VIP4);
        awaitAnswered(VIP6);
        announcer.say("own eth0");
        assertThat(arpAnswers(VIP4, 2)).isZero();
        assertThat(ndpAnswers(VIP6)).isZero();
    }

    @Test
    void anInterfaceThatIsNoLongerWantedIsClosedAndItsGroupsLeft() {
        announcer.say("own eth0 " + VIP6);
        await().atMost(SOON).until(() -> groupsOfTheNode().contains("ff02::1:ff00:200"));
        announcer.say("forget eth0");
        assertThat(announcer.say("status")).isEmpty();
        await().atMost(SOON)
                .until(() -> !sandbox.sh("ip netns exec node cat /proc/net/igmp6")
                        .contains("ff0200000000000000000001ff000200"));
        startAgain();
    }

    private void startAgain() {
        announcer.say("own eth0");
        awaitStatus("eth0 OPEN");
    }

    @Test
    void aClaimMovesTheEntriesOfNeighboursAtOnce() {
        sandbox.sh(ON_OTHER + "ip addr add " + VIP4 + "/24 dev eth0; " + ON_OTHER + "ip addr add " + VIP6
                + "/64 dev eth0 nodad");
        try {
            assertResolvedTo(OTHER, VIP4, "ping -c 1 -W 1 ");
            assertResolvedTo(OTHER, VIP6, "ping -c 1 -W 1 ");
        } finally {
            sandbox.sh(ON_OTHER + "ip addr del " + VIP4 + "/24 dev eth0; " + ON_OTHER + "ip addr del " + VIP6
                    + "/64 dev eth0");
        }
        // Within the second in which Linux ignores ordinary replies about an entry that was just confirmed.
        announcer.say("own eth0 " + VIP4 + " " + VIP6);
        awaitNeighbour(NODE, VIP4);
        awaitNeighbour(NODE, VIP6);
    }

    @Test
    void unicastQuestionsThatVerifyAnEntryAreAnswered() {
        announcer.say("own eth0 " + VIP4 + " " + VIP6);
        assertResolvedTo(NODE, VIP4, "ping -c 1 -W 1 ");
        assertResolvedTo(NODE, VIP6, "ping -c 1 -W 1 ");
        for (String address : List.of(VIP4, VIP6)) {
            // PROBE: the kernel asks by unicast, and forgets the entry if nobody answers.
            sandbox.sh(ON_CLIENT + "ip neigh change " + address + " lladdr " + NODE + " dev eth0 nud probe");
            await().atMost(SOON).until(() -> neighbour(address).contains("REACHABLE"));
            assertThat(neighbour(address)).contains(NODE);
        }
    }

    @Test
    void duplicateAddressDetectionOfAnotherHostFails() {
        announcer.say("own eth0 " + VIP6);
        awaitAnswered(VIP6);
        sandbox.sh(ON_OTHER + "ip addr add " + VIP6 + "/64 dev eth0");
        try {
            await().atMost(SOON)
                    .until(() ->
                            sandbox.sh(ON_OTHER + "ip -6 addr show dev eth0").contains("dadfailed"));
        } finally {
            sandbox.sh(ON_OTHER + "ip addr del " + VIP6 + "/64 dev eth0");
        }
    }

    @Test
    void anInterfaceThatGoesDownAndUpIsAnsweredOnAgain() {
        announcer.say("own eth0 " + VIP4 + " " + VIP6);
        awaitAnswered(VIP4);
        sandbox.sh("ip -n node link set eth0 down");
        assertThat(arpAnswers(VIP4, 1)).isZero();
        long before = announced(VIP4);
        sandbox.sh("ip -n node link set eth0 up; ip -n node addr add fd09::11/64 dev eth0");
        awaitAnswered(VIP4);
        awaitAnswered(VIP6);
        await().atMost(SOON).until(() -> announced(VIP4) > before);
    }

    @Test
    void anInterfaceThatIsDeletedAndMadeAnewIsAnsweredOnAgain() {
        announcer.say("own eth0 " + VIP4 + " " + VIP6);
        awaitAnswered(VIP4);
        sandbox.sh("ip link del p-node");
        awaitStatus("eth0 ABSENT");
        sandbox.sh("""
            ip link add p-node type veth peer name eth0 address 02:00:00:00:00:0a netns node
            ip link set p-node master br0 up
            ip -n node link set eth0 up
            ip -n node addr add 10.9.0.11/24 dev eth0
            ip -n node addr add fd09::11/64 dev eth0
            """);
        awaitAnswered(VIP4);
        awaitAnswered(VIP6);
    }

    @Test
    void aSnoopingBridgeForwardsSolicitationsBecauseTheGroupIsJoined() {
        announcer.say("own eth0 " + VIP6);
        await().atMost(SOON).until(() -> groupsOfTheNode().contains("ff02::1:ff00:200"));
        awaitAnswered(VIP6);
        announcer.close();
        startTheAnnouncer(List.of(), "deaf");
        announcer.say("own eth0 " + VIP6);
        // Without the membership the bridge keeps the solicitations to itself as soon as its querier is settled.
        await().atMost(Duration.ofSeconds(30)).until(() -> ndpAnswers(VIP6) == 0);
        assertThat(groupsOfTheNode()).doesNotContain("ff02::1:ff00:200");
        announcer.close();
        startTheAnnouncer(List.of());
    }

    @Test
    void nothingIsSentWhenTheOwnerIsNotAlive() {
        announcer.say("own eth0 " + VIP4);
        awaitAnswered(VIP4);
        long before = dropped("FENCED");
        announcer.say("alive off");
        await().atMost(SOON).until(() -> arpAnswers(VIP4, 1) == 0);
        announcer.say("own eth0 " + VIP4 + " 10.9.0.202");
        assertThat(arpAnswers("10.9.0.202", 2)).isZero();
        assertThat(announced("10.9.0.202")).isZero();
        assertThat(dropped("FENCED")).isGreaterThan(before);
        announcer.say("alive on");
        awaitAnswered(VIP4);
        await().atMost(SOON).until(() -> announced("10.9.0.202") > 0);
    }

    @Test
    void garbageChangesNothingAndIsCounted() {
        announcer.say("own eth0 " + VIP4 + " " + VIP6);
        awaitAnswered(VIP4);
        long before = dropped("MALFORMED");
        SplittableRandom random = new SplittableRandom(0x6a5b);
        try (Program sender = sandbox.java("client", SenderProgram.class, List.of(), "eth0")) {
            for (int i = 0; i < 400; i++) {
                sender.say(HexFormat.of().formatHex(garbage(random, i % 2 == 0)));
            }
        }
        await().atMost(SOON).until(() -> dropped("MALFORMED") > before + 300);
        awaitAnswered(VIP4);
        awaitAnswered(VIP6);
        assertThat(dropped("INTERNAL_ERROR")).isZero();
    }

    @Test
    @Timeout(60)
    void whatIsThrownBelowLibpcapEndsTheReceivingInsteadOfMakingItDeaf() {
        try (Program throwing = sandbox.java("node", ThrowingProgram.class, List.of(), "eth0")) {
            sandbox.attempt(ON_CLIENT + "arping -c 3 -w 3 -I eth0 10.9.0.199");
            assertThat(throwing.rest())
                    .singleElement()
                    .asString()
                    .contains("eth0: a received frame could not be handled", "thrown on purpose");
        }
    }

    @Test
    void itWorksWithJnasLibraryFromADirectoryAndNothingUnpacked() {
        announcer.close();
        String unpacked = sandbox.sh("d=$(mktemp -d) && unzip -qj " + jnaJar()
                        + " com/sun/jna/linux-$(uname -m | sed s/x86_64/x86-64/)/libjnidispatch.so -d $d && echo $d")
                .strip();
        startTheAnnouncer(
                List.of("-Djna.nounpack=true", "-Djna.boot.library.path=" + unpacked, "-Djava.io.tmpdir=/nowhere"));
        announcer.say("own eth0 " + VIP4);
        awaitAnswered(VIP4);
        sandbox.sh("rm -r " + unpacked);
    }

    private static Path jnaJar() {
        return Path.of(com.sun.jna.Native.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    /** A frame that passes the filter of the kernel, and beyond that is anything. */
    private static byte[] garbage(SplittableRandom random, boolean arp) {
        byte[] frame = new byte[arp ? 22 + random.nextInt(100) : 55 + random.nextInt(100)];
        random.nextBytes(frame);
        System.arraycopy(Mac.BROADCAST.toBytes(), 0, frame, 0, 6);
        // A bridge does not forward what comes from a multicast address.
        frame[6] = 2;
        frame[12] = (byte) (arp ? 0x08 : 0x86);
        frame[13] = (byte) (arp ? 0x06 : 0xdd);
        if (arp) {
            frame[20] = 0;
            frame[21] = 1;
        } else {
            // A bridge that snoops drops IPv6 with a wrong length.
            frame[14] = 0x60;
            frame[18] = 0;
            frame[19] = (byte) (frame.length - 54);
            frame[20] = 58;
            frame[54] = (byte) 135;
        }
        return frame;
    }

    private void assertResolvedTo(String mac, String address, String how) {
        await().atMost(SOON).until(() -> {
            sandbox.attempt(ON_CLIENT + how + address);
            return neighbour(address).contains(mac);
        });
    }

    private void awaitNeighbour(String mac, String address) {
        await().atMost(Duration.ofSeconds(5)).until(() -> neighbour(address).contains(mac));
    }

    private String neighbour(String address) {
        return sandbox.sh(ON_CLIENT + "ip neigh show " + address);
    }

    /** REACHABLE says that the kernel asked and got its answer; an announcement only makes an entry STALE. */
    private void awaitAnswered(String address) {
        String ask =
                "ip neigh del %1$s dev eth0 2> /dev/null || true; ping -c 1 -W 1 %1$s > /dev/null || true; ip neigh show %1$s"
                        .formatted(address);
        await().atMost(SOON)
                .until(() -> sandbox.sh(ON_CLIENT + "sh -c '" + ask + "'").contains(NODE + " REACHABLE"));
    }

    private int arpAnswers(String address, int count) {
        String text = sandbox.attempt(ON_CLIENT + "arping -W 0.3 -c " + count + " -I eth0 " + address)
                .text();
        Matcher matcher = ANSWERED.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2));
    }

    private int ndpAnswers(String address) {
        String text = sandbox.attempt(ON_CLIENT + "ndisc6 -m -n -r 1 -w 700 " + address + " eth0")
                .text();
        return (int) text.lines()
                .filter(line -> line.contains("Target link-layer address"))
                .count();
    }

    private String groupsOfTheNode() {
        return sandbox.sh("bridge mdb show dev br0 | grep p-node || true");
    }

    private void awaitStatus(String begin) {
        await().atMost(SOON).until(() -> announcer.say("status").stream().anyMatch(line -> line.startsWith(begin)));
    }

    private long announced(String address) {
        return number(address + " .*announced=(\\d+)");
    }

    private long dropped(String reason) {
        return number("eth0 .*\\b" + reason + "=(\\d+).*");
    }

    private long number(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return announcer.say("status").stream()
                .map(compiled::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .findFirst()
                .orElse(0L);
    }
}
