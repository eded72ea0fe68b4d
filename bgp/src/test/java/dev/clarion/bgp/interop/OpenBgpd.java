package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clarion.bgp.interop.Terms.Feature;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** OpenBGPD, the portable version. It has no BFD and, in this version, no IPv6 next hops for IPv4 routes. */
final class OpenBgpd implements Router {
    private static final Path CONF = Segment.DIRECTORY.resolve("openbgpd.conf");
    private static final Path LOG = Segment.DIRECTORY.resolve("openbgpd.log");
    private static final Path SOCKET = Segment.DIRECTORY.resolve("openbgpd.sock");

    private @Nullable Running bgpd;

    @Override
    public void start(Terms terms) {
        write(terms);
        bgpd = Running.start(LOG, "/usr/sbin/bgpd", "-d", "-v", "-f", CONF.toString());
    }

    @Override
    public void reload(Terms terms) {
        write(terms);
        ctl("reload");
        // A session that is up keeps its key.
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            ctl("neighbor", neighbour.us().toString(), "clear");
        }
    }

    @Override
    public void stop() {
        if (bgpd != null) {
            bgpd.stop();
            bgpd = null;
        }
    }

    @Override
    public void kill() {
        if (bgpd != null) {
            bgpd.kill();
            bgpd = null;
        }
    }

    @Override
    public boolean established(Terms.Neighbour neighbour) {
        return neighbour(neighbour).path("state").asText().equals("Established");
    }

    @Override
    public Optional<SeenRoute> route(Prefix prefix) {
        return Json.items(Json.read(ctl("show", "rib", "detail", prefix.toString()))
                        .path("rib"))
                .findFirst()
                .map(entry -> seen(prefix, entry));
    }

    @Override
    public int received(Terms.Neighbour neighbour) {
        return neighbour(neighbour)
                .path("stats")
                .path("prefixes")
                .path("received")
                .asInt();
    }

    @Override
    public int sent(Terms.Neighbour neighbour) {
        return neighbour(neighbour).path("stats").path("prefixes").path("sent").asInt();
    }

    @Override
    public void flood() {
        Path routes = Segment.DIRECTORY.resolve("flood");
        Shell.write(routes, Flood.lines(Prefix::toString));
        Shell.must("bash", "-c", "bgpctl -s " + SOCKET + " network bulk add < " + routes);
    }

    @Override
    public void refresh(Terms.Neighbour neighbour) {
        ctl("neighbor", neighbour.us().toString(), "refresh");
    }

    @Override
    public void shutDown(Terms.Neighbour neighbour, String message) {
        ctl("neighbor", neighbour.us().toString(), "down", message);
    }

    @Override
    public void bringUp(Terms.Neighbour neighbour) {
        ctl("neighbor", neighbour.us().toString(), "up");
    }

    @Override
    public String lastWords(Terms.Neighbour neighbour) {
        return Shell.ask(
                        "bgpctl",
                        "-s",
                        SOCKET.toString(),
                        "show",
                        "neighbor",
                        neighbour.us().toString())
                .lines()
                .filter(line -> line.contains("Last "))
                .collect(Collectors.joining());
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

    private static SeenRoute seen(Prefix prefix, JsonNode entry) {
        Set<String> communities = new HashSet<>();
        Json.items(entry.path("communities")).forEach(one -> communities.add(Notation.community(one.asText())));
        Json.items(entry.path("large_communities")).forEach(one -> communities.add(Notation.community(one.asText())));
        Json.items(entry.path("extended_communities")).forEach(one -> communities.add(Notation.extended(one.asText())));
        return new SeenRoute(
                prefix,
                Set.of(Ip.parse(entry.path("exit_nexthop").asText())),
                Notation.asPath(entry.path("aspath").asText()),
                communities);
    }

    private static JsonNode neighbour(Terms.Neighbour neighbour) {
        return Json.read(ctl("show", "neighbor", neighbour.us().toString()))
                .path("neighbors")
                .path(0);
    }

    private static String ctl(String... command) {
        return Shell.ask(Stream.concat(Stream.of("bgpctl", "-s", SOCKET.toString(), "-j"), List.of(command).stream())
                .toArray(String[]::new));
    }

    private static void write(Terms terms) {
        StringBuilder conf =
                new StringBuilder("""
                AS %d
                router-id %s
                fib-update no
                holdtime %d
                holdtime min 3
                socket "%s"
                """.formatted(terms.routerAs(), Segment.ROUTER_V4, terms.holdSeconds(), SOCKET));
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            neighbour(conf, terms, neighbour);
        }
        conf.append("allow from any\nallow to any\n");
        Shell.write(CONF, conf.toString());
        Shell.must("chmod", "600", CONF.toString());
    }

    private static void neighbour(StringBuilder conf, Terms terms, Terms.Neighbour neighbour) {
        conf.append("neighbor ").append(neighbour.us()).append(" {\n remote-as ");
        conf.append(terms.ourAs()).append('\n');
        conf.append(" local-address ").append(neighbour.router()).append('\n');
        terms.password()
                .ifPresent(
                        key -> conf.append(" tcp md5sig password ").append(key).append('\n'));
        if (terms.has(Feature.ROUTER_PASSIVE)) {
            conf.append(" passive\n");
        }
        if (terms.has(Feature.TWO_OCTET_ROUTER)) {
            conf.append(" announce as-4byte no\n");
        }
        if (terms.has(Feature.TTL_SECURITY)) {
            conf.append(" ttl-security yes\n");
        }
        if (terms.has(Feature.ROUTER_IS_CUSTOMER)) {
            conf.append(" announce policy customer enforce\n");
        }
        conf.append("}\n");
    }
}
