package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.allocation.Condition;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServiceView;
import dev.clarion.config.Config;
import dev.clarion.config.ConfigReader;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.Names;
import dev.clarion.kube.NodeAnnouncements;
import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnouncedTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Ip LAN = Ip.parse("192.168.50.200");
    private static final Ip ROUTED = Ip.parse("203.0.113.5");
    private static final Config CONFIG =
            EffectiveConfig.next(Optional.empty(), ConfigReader.read("""
            ipAddressPools:
            - {name: lan, addresses: [192.168.50.200-192.168.50.210]}
            - {name: routed, addresses: [203.0.113.0/24]}
            - {name: dark, addresses: [198.51.100.0/24]}
            l2Advertisements:
            - {name: lan, ipAddressPools: [lan]}
            bgpAdvertisements:
            - {name: routed, ipAddressPools: [routed]}
            """)).config();

    private final AnnouncedBook book = new AnnouncedBook();

    @Test
    void itSaysWhoAnnouncesEachAddressAndHow() {
        Announced said = Announced.of(
                List.of(LAN, ROUTED), announcers(Map.of("n1", layer2(T0), "n2", routes(), "n3", routes())), CONFIG);
        assertThat(said)
                .isEqualTo(new Announced(
                        true,
                        AnnouncedReason.ANNOUNCED,
                        "192.168.50.200 by layer 2 from n1; 203.0.113.5 by BGP from n2, n3"));
    }

    @Test
    void ofManyNodesThreeAreNamed() {
        Map<String, NodeAnnouncements> nodes = new TreeMap<>();
        IntStream.range(10, 20).forEach(i -> nodes.put("n" + i, routes()));
        assertThat(Announced.of(List.of(ROUTED), announcers(nodes), CONFIG).message())
                .isEqualTo("203.0.113.5 by BGP from n10, n11, n12 and others");
    }

    @Test
    void ofTwoNodesThatSayToOwnAnAddressTheLaterOneDoes() {
        Announcers both = announcers(Map.of("n1", layer2(T0.plusSeconds(1)), "n2", layer2(T0)));
        assertThat(both.layer2(LAN)).containsExactly("n1");
    }

    @Test
    void whatIsMissingIsSaidAndWhyIfTheConfigurationShowsIt() {
        Announcers some = announcers(Map.of("n1", layer2(T0)));
        assertThat(Announced.of(List.of(LAN, ROUTED), some, CONFIG))
                .isEqualTo(new Announced(
                        false,
                        AnnouncedReason.ANNOUNCED_IN_PART,
                        "192.168.50.200 by layer 2 from n1; 203.0.113.5 by no node"));
        assertThat(Announced.of(List.of(ROUTED), some, CONFIG).reason()).isEqualTo(AnnouncedReason.NOT_ANNOUNCED);
        assertThat(Announced.of(List.of(Ip.parse("198.51.100.1")), some, CONFIG))
                .isEqualTo(new Announced(
                        false,
                        AnnouncedReason.NO_ADVERTISEMENT,
                        "198.51.100.1 by no node: no advertisement selects pool dark"));
    }

    @Test
    void theConditionIsWrittenOnceWhenFirstAnnouncedAndThenLeftAlone() {
        WatchedService service = service("1", List.of());
        assertThat(due(service, Announcers.NOBODY, T0)).isEmpty();
        Announcers n1 = announcers(Map.of("n1", layer2(T0)));
        AnnouncedBook.Update update = due(service, n1, T0.plusSeconds(1)).getFirst();
        assertThat(update.turned()).isTrue();
        assertThat(update.change().note()).isPresent();
        assertThat(update.others()).singleElement().satisfies(written -> {
            assertThat(written.type()).isEqualTo(Names.ANNOUNCED_CONDITION);
            assertThat(written.status()).isEqualTo("True");
            assertThat(written.since()).isEqualTo("2026-01-01T00:00:01Z");
        });
        assertThat(due(service("2", update.others()), n1, T0.plusSeconds(2))).isEmpty();
    }

    @Test
    void aShortSilenceIsPassedOverAndALongOneIsTold() {
        Announcers n1 = announcers(Map.of("n1", layer2(T0)));
        WatchedService announced =
                service("2", due(service("1", List.of()), n1, T0).getFirst().others());
        assertThat(due(announced, Announcers.NOBODY, T0.plusSeconds(1))).isEmpty();
        assertThat(due(announced, n1, T0.plusSeconds(10))).isEmpty();
        assertThat(due(announced, Announcers.NOBODY, T0.plusSeconds(20))).isEmpty();
        assertThat(due(announced, Announcers.NOBODY, T0.plusSeconds(20).plus(AnnouncedBook.PATIENCE)))
                .singleElement()
                .satisfies(update ->
                        assertThat(update.others().getFirst().status()).isEqualTo("False"));
    }

    @Test
    void whereOnlyTheNodesDifferAFewAreWrittenPerSecondAndKeepTheirTime() {
        Announcers n1 = announcers(Map.of("n1", layer2(T0)));
        List<WatchedService.OtherCondition> told =
                due(service("1", List.of()), n1, T0).getFirst().others();
        List<WatchedService> many = IntStream.range(0, 50)
                .mapToObj(i -> service("s" + i, "2", told, LAN))
                .toList();
        Announcers n2 = announcers(Map.of("n2", layer2(T0)));
        List<AnnouncedBook.Update> first = book.due(many, n2, CONFIG, T0.plusSeconds(5));
        assertThat(first).hasSize(AnnouncedBook.LITTLE_NEWS_PER_SECOND);
        assertThat(first.getFirst().others().getFirst().since())
                .isEqualTo(told.getFirst().since());
        assertThat(first.getFirst().change().note()).isEmpty();
        assertThat(book.due(many, n2, CONFIG, T0.plusMillis(5_500))).isEmpty();
        assertThat(book.due(many, n2, CONFIG, T0.plusSeconds(6))).hasSize(AnnouncedBook.LITTLE_NEWS_PER_SECOND);
    }

    @Test
    void aServiceThatLostItsAddressLosesTheConditionAndOthersKeepTheirs() {
        WatchedService.OtherCondition foreign =
                new WatchedService.OtherCondition("example.com/Ready", "True", "Yes", "", 1, T0.toString());
        List<WatchedService.OtherCondition> told = due(
                        service("1", List.of(foreign)), announcers(Map.of("n1", layer2(T0))), T0)
                .getFirst()
                .others();
        assertThat(told).hasSize(2);
        WatchedService without = new WatchedService(view("web", "3").build(), told);
        assertThat(due(without, Announcers.NOBODY, T0.plusSeconds(1)))
                .singleElement()
                .satisfies(update -> assertThat(update.others()).containsExactly(foreign));
    }

    private List<AnnouncedBook.Update> due(WatchedService service, Announcers announcers, Instant now) {
        return book.due(List.of(service), announcers, CONFIG, now);
    }

    private static Announcers announcers(Map<String, NodeAnnouncements> said) {
        return new Announcers(new TreeMap<>(said));
    }

    private static NodeAnnouncements layer2(Instant since) {
        return new NodeAnnouncements(Map.of(LAN, since), AddressSet.EMPTY);
    }

    private static NodeAnnouncements routes() {
        return new NodeAnnouncements(Map.of(), AddressSet.of(IpRange.parse("203.0.113.0-203.0.113.20")));
    }

    private static WatchedService service(String version, List<WatchedService.OtherCondition> others) {
        return service("web", version, others, LAN);
    }

    private static WatchedService service(
            String name, String version, List<WatchedService.OtherCondition> others, Ip address) {
        return new WatchedService(
                view(name, version)
                        .ingress(List.of(address))
                        .condition(Optional.of(new Condition(true, "Allocated", "", 1, T0)))
                        .build(),
                others);
    }

    private static dev.clarion.allocation.ServiceViewBuilder view(String name, String version) {
        return ServiceView.builder(new ServiceKey("default", name), "uid", version);
    }
}
