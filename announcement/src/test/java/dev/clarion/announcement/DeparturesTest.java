package dev.clarion.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private static final Prefix PREFIX = Prefix.parse("203.0.113.7/32");
    private static final BgpRoute STAYS = BgpRoute.of(PREFIX);
    private static final BgpRoute GOES = STAYS.goes();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Departures departures = new Departures(Duration.ofSeconds(10));

    private static SortedMap<String, SortedMap<Prefix, BgpRoute>> to(String peer, BgpRoute... routes) {
        SortedMap<Prefix, BgpRoute> ofPeer = new TreeMap<>();
        for (BgpRoute route : routes) {
            ofPeer.put(route.prefix(), route);
        }
        return new TreeMap<>(Map.of(peer, ofPeer));
    }

    @Test
    void aRouteThatGoesIsTheLastChoiceForTenSecondsAndThenWithdrawn() {
        assertThat(departures.at(to("r", STAYS), 0)).isEqualTo(to("r", STAYS));
        assertThat(departures.pending()).isFalse();
        assertThat(departures.at(to("r", GOES), SECOND)).isEqualTo(to("r", GOES));
        assertThat(departures.pending()).isTrue();
        assertThat(departures.at(to("r", GOES), 11 * SECOND - 1)).isEqualTo(to("r", GOES));
        assertThat(departures.at(to("r", GOES), 11 * SECOND)).isEqualTo(to("r"));
        assertThat(departures.pending()).isFalse();
        assertThat(departures.at(to("r", GOES), 12 * SECOND))
                .as("and stays away")
                .isEqualTo(to("r"));
    }

    @Test
    void aNodeThatStartsWhileItIsToGoAnnouncesNothing() {
        assertThat(departures.at(to("r", GOES), 0)).isEqualTo(to("r"));
        assertThat(departures.pending()).isFalse();
    }

    @Test
    void whatIsCalledBackStaysAndHasItsWholeTimeAgainLater() {
        departures.at(to("r", STAYS), 0);
        departures.at(to("r", GOES), SECOND);
        assertThat(departures.at(to("r", STAYS), 5 * SECOND)).isEqualTo(to("r", STAYS));
        assertThat(departures.pending()).isFalse();
        departures.at(to("r", GOES), 8 * SECOND);
        assertThat(departures.at(to("r", GOES), 17 * SECOND)).isEqualTo(to("r", GOES));
    }

    @Test
    void whatIsWithdrawnForAnotherReasonGoesAtOnce() {
        departures.at(to("r", STAYS), 0);
        departures.at(to("r", GOES), SECOND);
        assertThat(departures.at(to("r"), 2 * SECOND)).isEqualTo(to("r"));
        assertThat(departures.pending()).isFalse();
    }

    @Test
    void aPeerThatIsRemovedIsForgotten() {
        departures.at(to("r", STAYS), 0);
        departures.at(to("r", GOES), SECOND);
        assertThat(departures.at(new TreeMap<>(), 2 * SECOND)).isEmpty();
        assertThat(departures.pending()).isFalse();
        assertThat(departures.at(to("r", GOES), 3 * SECOND)).isEqualTo(to("r"));
    }
}
