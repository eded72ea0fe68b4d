package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clarion.bgp.interop.Terms.Feature;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** GoBGP. Its version in Debian has no BFD. */
final class GoBgp implements Router {
    private static final Path CONF = Segment.DIRECTORY.resolve("gobgp.toml");
    private static final Path LOG = Segment.DIRECTORY.resolve("gobgp.log");
    private static final Path DUMP = Segment.DIRECTORY.resolve("flood.mrt");

    /** apipb.PeerState.SessionState in GoBGP's api. */
    private static final int ESTABLISHED = 6;

    private static final Pattern ADVERTISED = Pattern.compile("Advertised:\\s+(\\d+)");

    private @Nullable Running gobgpd;
    private Terms current = Terms.PLAIN;

    @Override
    public void start(Terms terms) {
        current = terms;
        write(terms, terms);
        gobgpd = Running.start(LOG, "/usr/bin/gobgpd", "-f", CONF.toString());
    }

    @Override
    public void reload(Terms terms) {
        // Of several neighbors that have changed, it takes one into force and passes over the others, for good.
        reload(terms, current);
        reload(terms, terms);
        current = terms;
    }

    private void reload(Terms v4, Terms v6) {
        long before = updates();
        write(v4, v6);
        Shell.must("kill", "-HUP", String.valueOf(pid()));
        Bench.soon().until(() -> updates() > before);
    }

    private long updates() {
        return log().lines().filter(line -> line.contains("Update Peer")).count();
    }

    private long pid() {
        if (gobgpd == null) {
            throw new IllegalStateException("gobgpd does not run");
        }
        return gobgpd.pid();
    }

    @Override
    public void stop() {
        if (gobgpd != null) {
            gobgpd.stop();
            gobgpd = null;
        }
    }

    @Override
    public void kill() {
        if (gobgpd != null) {
            gobgpd.kill();
            gobgpd = null;
        }
    }

    @Override
    public boolean established(Terms.Neighbour neighbour) {
        return neighbour(neighbour).path("state").path("session_state").asInt() == ESTABLISHED;
    }

    @Override
    public Optional<SeenRoute> route(Prefix prefix) {
        String family = prefix.family() == IpFamily.IPV4 ? "ipv4" : "ipv6";
        JsonNode tree = Json.read(gobgp("global", "rib", prefix.toString(), "-a", family, "-j"));
        JsonNode paths = tree.isArray() ? tree : tree.path(prefix.toString());
        return Json.items(paths).findFirst().map(path -> seen(prefix, path.path("attrs")));
    }

    @Override
    public int received(Terms.Neighbour neighbour) {
        return families(neighbour, "received");
    }

    @Override
    public int sent(Terms.Neighbour neighbour) {
        // It counts these for people only.
        return ADVERTISED
                .matcher(gobgp("neighbor", neighbour.us().toString()))
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .sum();
    }

    @Override
    public void flood() {
        Mrt.write(DUMP);
        gobgp("mrt", "inject", "global", DUMP.toString());
    }

    @Override
    public void refresh(Terms.Neighbour neighbour) {
        String family = neighbour.us().family() == IpFamily.IPV4 ? "ipv4" : "ipv6";
        gobgp("neighbor", neighbour.us().toString(), "softresetin", "-a", family);
    }

    @Override
    public void shutDown(Terms.Neighbour neighbour, String message) {
        // Its command "disable", which would keep the session down, drops the message.
        gobgp("neighbor", neighbour.us().toString(), "shutdown", "--reason", message);
    }

    @Override
    public void bringUp(Terms.Neighbour neighbour) {
        gobgp("neighbor", neighbour.us().toString(), "enable");
    }

    @Override
    public String lastWords(Terms.Neighbour neighbour) {
        return log().lines()
                .filter(line -> line.contains("\"Key\":\"" + neighbour.us() + "\"") && line.contains("notification"))
                .reduce("", (first, second) -> second.contains("Subcode") ? second : first);
    }

    @Override
    public boolean bfdUp(Ip address) {
        return false;
    }

    @Override
    public String bfdSessions() {
        return "none";
    }

    @Override
    public String log() {
        return Shell.read(LOG);
    }

    private static SeenRoute seen(Prefix prefix, JsonNode attributes) {
        Set<String> communities = new HashSet<>();
        Json.items(attribute(attributes, "communities"))
                .map(one -> (one.asLong() >> 16) + ":" + (one.asLong() & 0xffff))
                .forEach(communities::add);
        ofType(attributes, 16)
                .flatMap(one -> Json.items(one.path("value")))
                .map(GoBgp::extended)
                .forEach(communities::add);
        ofType(attributes, 32)
                .flatMap(one -> Json.items(one.path("value")))
                .map(one ->
                        one.path("ASN").asLong() + ":" + one.path("LocalData1").asLong() + ":"
                                + one.path("LocalData2").asLong())
                .forEach(communities::add);
        return new SeenRoute(
                prefix,
                Json.items(attributes)
                        .filter(one -> one.has("nexthop"))
                        .map(one -> Ip.parse(one.path("nexthop").asText()))
                        .collect(Collectors.toSet()),
                Json.items(attribute(attributes, "as_paths"))
                        .flatMap(segment -> Json.items(segment.path("asns")))
                        .map(JsonNode::asLong)
                        .toList(),
                communities);
    }

    private static String extended(JsonNode one) {
        return one.has("bandwidth")
                ? Notation.bandwidth(
                        one.path("asn").asText(), one.path("bandwidth").asLong())
                : (one.path("subtype").asInt() == 2 ? "rt:" : "")
                        + one.path("value").asText();
    }

    private static Stream<JsonNode> ofType(JsonNode attributes, int type) {
        return Json.items(attributes).filter(one -> one.path("type").asInt() == type);
    }

    private static JsonNode attribute(JsonNode attributes, String name) {
        return Json.items(attributes)
                .filter(one -> one.has(name))
                .findFirst()
                .map(one -> one.path(name))
                .orElse(Json.read(""));
    }

    private static JsonNode neighbour(Terms.Neighbour neighbour) {
        return Json.read(gobgp("neighbor", neighbour.us().toString(), "-j"));
    }

    private static int families(Terms.Neighbour neighbour, String counter) {
        return Json.items(neighbour(neighbour).path("afi_safis"))
                .mapToInt(family -> family.path("state").path(counter).asInt())
                .sum();
    }

    private static String gobgp(String... command) {
        return Shell.ask(Segment.atRouter(
                        Stream.concat(Stream.of("gobgp"), Stream.of(command)).toList())
                .toArray(String[]::new));
    }

    private static void write(Terms v4, Terms v6) {
        StringBuilder conf = new StringBuilder("""
                [global.config]
                  as = %d
                  router-id = "%s"
                """.formatted(v4.routerAs(), Segment.ROUTER_V4));
        neighbour(conf, v4, V4, List.of("ipv4-unicast"));
        neighbour(
                conf,
                v6,
                V6,
                v6.has(Feature.IPV4_OVER_IPV6) ? List.of("ipv6-unicast", "ipv4-unicast") : List.of("ipv6-unicast"));
        Shell.write(CONF, conf.toString());
    }

    private static void neighbour(StringBuilder conf, Terms terms, Terms.Neighbour neighbour, List<String> families) {
        conf.append("""
                [[neighbors]]
                  [neighbors.config]
                    neighbor-address = "%s"
                    peer-as = %d
                    %s
                  [neighbors.transport.config]
                    local-address = "%s"
                    passive-mode = %s
                  [neighbors.timers.config]
                    connect-retry = 1
                    idle-hold-time-after-reset = 1
                    hold-time = %d
                    keepalive-interval = %d
                  [neighbors.ttl-security.config]
                    enabled = %s
                    ttl-min = 255
                  [neighbors.graceful-restart.config]
                    enabled = true
                    restart-time = 20
                """.formatted(
                neighbour.us(),
                terms.ourAs(),
                terms.password().map(key -> "auth-password = \"" + key + "\"").orElse(""),
                neighbour.router(),
                terms.has(Feature.ROUTER_PASSIVE),
                terms.holdSeconds(),
                terms.holdSeconds() / 3,
                terms.has(Feature.TTL_SECURITY)));
        families.forEach(family -> conf.append("""
                  [[neighbors.afi-safis]]
                    [neighbors.afi-safis.config]
                      afi-safi-name = "%s"
                    [neighbors.afi-safis.mp-graceful-restart.config]
                      enabled = true
                """.formatted(family)));
    }
}
