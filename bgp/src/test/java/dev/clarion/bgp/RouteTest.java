package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final Prefix P1 = Prefix.parse("203.0.113.1/32");

    @Test
    void whatNoRouteCanHaveIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Community.Standard(65_536, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Community.Large(0, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new PathAttributes(OptionalLong.of(4_294_967_296L)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PathAttributes(OptionalLong.empty(), Set.of(), OptionalLong.of(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Route(P1, Optional.of(Ip.parse("0.0.0.0"))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Route(P1, Optional.of(Ip.parse("ff02::1"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NextHops(Optional.empty(), Optional.of(Ip.parse("fe80::1"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NextHops(Optional.of(Ip.parse("2001:db8::1")), Optional.empty()));
    }
}
