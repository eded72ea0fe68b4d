package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeAnnouncementsTest {
    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void whatIsWrittenIsReadBack() {
        NodeAnnouncements said = new NodeAnnouncements(
                Map.of(Ip.parse("192.168.50.200"), SINCE, Ip.parse("fd50::200"), SINCE),
                AddressSet.of(IpRange.parse("203.0.113.0-203.0.113.19"), IpRange.parse("2001:db8::1")));
        assertThat(said.text()).isEqualTo("""
                layer2 192.168.50.200 2026-01-02T03:04:05Z
                layer2 fd50::200 2026-01-02T03:04:05Z
                bgp 203.0.113.0-203.0.113.19
                bgp 2001:db8::1
                """);
        assertThat(NodeAnnouncements.parse(said.text())).isEqualTo(said);
        assertThat(NodeAnnouncements.parse("")).isEqualTo(NodeAnnouncements.NONE);
    }

    @Test
    void linesOfAnotherVersionArePassedOver() {
        assertThat(NodeAnnouncements.parse("""
                anycast 192.0.2.1
                layer2 nonsense 2026-01-02T03:04:05Z
                layer2 192.0.2.2 yesterday
                layer2 192.0.2.3
                bgp 192.0.2.4 more than before
                bgp 192.0.2.5
                """))
                .isEqualTo(new NodeAnnouncements(Map.of(), AddressSet.of(IpRange.parse("192.0.2.5"))));
    }
}
