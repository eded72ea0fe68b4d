package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {

    static Stream<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(Samples.DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("manifests")
    void everySampleIsACompleteManifestWithoutAProblem(Path file) throws Exception {
        Node.Mapping root =
                (Node.Mapping) TreeBuilder.build(Files.readString(file)).orElseThrow();
        Node.Mapping metadata =
                (Node.Mapping) root.first("metadata").orElseThrow().value();
        assertThat(text(root, "apiVersion")).isEqualTo("v1");
        assertThat(text(root, "kind")).isEqualTo("ConfigMap");
        assertThat(text(metadata, "name")).isEqualTo(Names.CONFIG_MAP);
        assertThat(text(metadata, "namespace")).isEqualTo(Names.DEFAULT_NAMESPACE);
        Reading reading =
                ConfigReader.read(Samples.configYaml(file.getFileName().toString()));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.isValid()).isTrue();
    }

    private static String text(Node.Mapping mapping, String key) {
        return ((Node.Scalar) mapping.first(key).orElseThrow().value()).text();
    }

    @Test
    void labSampleSaysWhatTheLabNeeds() {
        Config config = Samples.publish(Samples.configYaml("lab.yaml")).config();
        Ip v4 = Ip.parse("192.168.50.254");
        Ip v6 = Ip.parse("fd50::254");
        Duration hold = Duration.ofSeconds(9);
        assertThat(config)
                .isEqualTo(new Config(
                        List.of(
                                pool("lan", "192.168.50.200-192.168.50.219", "fd50::200-fd50::219"),
                                pool("routed", "203.0.113.0/24", "2001:db8:113::/120")),
                        List.of(new L2Advertisement("lan", List.of("lan"))),
                        List.of(
                                new BgpPeer("router-v4", 64513, 64512, v4, hold),
                                new BgpPeer("router-v6", 64513, 64512, v6, hold)),
                        List.of(new BgpAdvertisement("routed", List.of("routed"), List.of()))));
    }

    @Test
    void minimalSampleIsOnePoolOnTheSegment() {
        Config config = Samples.publish(Samples.configYaml("minimal.yaml")).config();
        assertThat(config.ipAddressPools()).containsExactly(pool("default", "192.168.1.240-192.168.1.250"));
        assertThat(config.l2Advertisements()).containsExactly(new L2Advertisement("default", List.of()));
        assertThat(config.bgpPeers()).isEmpty();
    }

    private static IpAddressPool pool(String name, String... ranges) {
        return new IpAddressPool(name, Stream.of(ranges).map(IpRange::parse).toList(), true);
    }
}
