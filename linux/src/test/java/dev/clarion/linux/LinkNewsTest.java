package dev.clarion.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.linux.wire.NetlinkMessage;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which events are worth a look. */
class LinkNewsTest {

    private final LinkNews news = new LinkNews();

    @Test
    void linksAddressesAndDefaultRoutesAre() {
        for (NetlinkMessage event : List.of(
                link(false),
                new NetlinkMessage.AddressMessage(0, false, false, 5, Ip.parse("10.9.0.1"), 24),
                new NetlinkMessage.DefaultRoute(0, true, false, List.of()))) {
            LinkNews one = new LinkNews();
            one.add(event);
            assertThat(one.any()).isTrue();
            assertThat(one.notifyPeers()).isEmpty();
        }
    }

    @Test
    void routesToPodsAreNot() {
        news.add(new NetlinkMessage.Other(0, 24));
        news.lost(false);
        assertThat(news.any()).isFalse();
    }

    @Test
    void lostEventsAre() {
        news.lost(true);
        assertThat(news.any()).isTrue();
    }

    @Test
    void anInterfaceThatFailedOverIsNamed() {
        news.add(link(true));
        news.add(link(false));
        assertThat(news.notifyPeers()).containsExactly("bond0");
    }

    private static NetlinkMessage link(boolean notify) {
        return new NetlinkMessage.LinkMessage(
                0, false, false, 5, 1, "bond0", Optional.empty(), OptionalInt.empty(), "bond", "", notify);
    }
}
