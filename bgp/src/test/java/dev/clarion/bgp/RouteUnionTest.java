package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteUnionTest {
    private static final Prefix P1 = Prefix.parse("203.0.113.1/32");
    private static final Prefix P2 = Prefix.parse("203.0.113.2/32");
    private static final Community A = new Community.Standard(64_512, 1);
    private static final Community B = new Community.Large(64_512, 1, 2);

    @Test
    void theMarksOfAllWishesAreOnTheRoute() {
        assertThat(RouteUnion.of(List.of(route(P1, 100, A), route(P1, 100, B), Route.of(P1), route(P2, 7, B))))
                .isEqualTo(new RouteUnion(Set.of(route(P1, 100, A, B), route(P2, 7, B)), Set.of()));
    }

    @Test
    void twoPreferencesOfOneDestinationContradictWhateverTheOrder() {
        List<Route> wishes = new ArrayList<>(
                List.of(route(P1, 100, A), route(P1, 200, B), route(P1, 100, B), Route.of(P1), Route.of(P2)));
        RouteUnion expected = new RouteUnion(Set.of(Route.of(P2)), Set.of(P1));
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(wishes, new Random(i));
            assertThat(RouteUnion.of(wishes)).as("shuffle " + i).isEqualTo(expected);
        }
    }

    @Test
    void twoNextHopsOfOneDestinationContradict() {
        Route elsewhere = new Route(P1, Optional.of(Ip.parse("10.0.0.9")));
        assertThat(RouteUnion.of(List.of(elsewhere, Route.of(P1)))).isEqualTo(new RouteUnion(Set.of(), Set.of(P1)));
        assertThat(RouteUnion.of(List.of(elsewhere, elsewhere))).isEqualTo(new RouteUnion(Set.of(elsewhere), Set.of()));
    }

    @Test
    void whatNoRouteCanHaveIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Community.Standard(65_536, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Community.Large(0, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new PathAttributes(OptionalLong.of(4_294_967_296L)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Route(P1, Optional.of(Ip.parse("0.0.0.0"))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Route(P1, Optional.of(Ip.parse("ff02::1"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NextHops(Optional.empty(), Optional.of(Ip.parse("fe80::1"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NextHops(Optional.of(Ip.parse("2001:db8::1")), Optional.empty()));
    }

    private static Route route(Prefix prefix, long localPref, Community... communities) {
        return new Route(prefix, Optional.empty(), new PathAttributes(OptionalLong.of(localPref), Set.of(communities)));
    }
}
