package dev.clarion.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Mac;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which interfaces addresses are announced on. */
class InterfaceChoiceTest {

    private static final Mac MAC = Mac.parse("02:00:00:00:00:0a");
    private static final int BROADCAST = 1;
    private static final int UP = 2;
    private static final int CARRIER = 4;
    private static final int LOOPBACK = 8;
    private static final int NO_ARP = 16;
    private static final int READY = BROADCAST | UP | CARRIER;

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "eno1", "enp3s0f1", "bond0", "team0", "br0", "br-lan", "bond0.100", "vlan7", "lan"})
    void cardsAndMastersAreSuitable(String name) {
        assertThat(InterfaceChoice.DEFAULT.against(link(name, READY, OptionalInt.empty(), "")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "veth1a2b3c4d",
                "cali0123456789a",
                "cilium_host",
                "cilium_net",
                "lxc1a2b",
                "docker0",
                "br-0123456789ab",
                "cni0",
                "cbr0",
                "flannel.1",
                "virbr0",
                "kube-ipvs0",
                "kube-bridge",
                "nodelocaldns",
                "tunl0",
                "vxlan.calico",
                "dummy0",
                "wg0"
            })
    void whatANodeHasForItsContainersIsNot(String name) {
        assertThat(InterfaceChoice.DEFAULT.against(link(name, READY, OptionalInt.empty(), "")))
                .contains(Unsuitable.EXCLUDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bond", "bridge", "team"})
    void aPortIsNotButItsMasterIs(String kind) {
        assertThat(InterfaceChoice.DEFAULT.against(link("eth0", READY, OptionalInt.of(3), kind)))
                .contains(Unsuitable.PORT);
    }

    @Test
    void anInterfaceInAVrfIsNoPort() {
        assertThat(InterfaceChoice.DEFAULT.against(link("eth0", READY, OptionalInt.of(3), "vrf")))
                .isEmpty();
    }

    @Test
    void eachOtherReasonIsTold() {
        assertReason(READY | LOOPBACK, Unsuitable.LOOPBACK);
        assertReason(READY | NO_ARP, Unsuitable.NO_ARP);
        assertReason(UP | CARRIER, Unsuitable.NO_BROADCAST);
        assertReason(BROADCAST, Unsuitable.DOWN);
        assertReason(BROADCAST | UP, Unsuitable.NO_CARRIER);
        Link without =
                new Link(2, "eth0", Mac.of(0), true, true, false, false, true, OptionalInt.empty(), "", "", List.of());
        assertThat(InterfaceChoice.DEFAULT.against(without)).contains(Unsuitable.NO_MAC);
    }

    @Test
    void onlyWhatMayPassByItselfPasses() {
        assertThat(Unsuitable.values())
                .filteredOn(Unsuitable::passes)
                .containsExactly(Unsuitable.DOWN, Unsuitable.NO_CARRIER);
    }

    @Test
    void whatIsExcludedCanBeChosen() {
        InterfaceChoice mine = new InterfaceChoice(List.of(Pattern.compile("^eth1$")));
        assertThat(mine.against(link("eth1", READY, OptionalInt.empty(), ""))).contains(Unsuitable.EXCLUDED);
        assertThat(mine.against(link("eth10", READY, OptionalInt.empty(), ""))).isEmpty();
        assertThat(mine.against(link("docker0", READY, OptionalInt.empty(), "")))
                .isEmpty();
    }

    private static void assertReason(int flags, Unsuitable reason) {
        assertThat(InterfaceChoice.DEFAULT.against(link("eth0", flags, OptionalInt.empty(), "")))
                .contains(reason);
    }

    private static Link link(String name, int flags, OptionalInt master, String masterKind) {
        return new Link(
                2,
                name,
                MAC,
                (flags & UP) != 0,
                (flags & CARRIER) != 0,
                (flags & LOOPBACK) != 0,
                (flags & NO_ARP) != 0,
                (flags & BROADCAST) != 0,
                master,
                "",
                masterKind,
                List.of());
    }
}
