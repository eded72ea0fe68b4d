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

/** FRR: zebra, bgpd and, where a row wants it, bfdd. */
final class Frr implements Router {
    private static final Path LOG = Segment.DIRECTORY.resolve("frr.log");

    private static final Pattern WEIGHT = Pattern.compile("\\bweight (\\d+)");
    private static final Pattern IN_WORDS = Pattern.compile(" \\([^)]*\\)");

    private @Nullable Running zebra;
    private @Nullable Running bfdd;
    private @Nullable Running bgpd;
    private Terms current = Terms.PLAIN;

    @Override
    public void start(Terms terms) {
        current = terms;
        write(terms);
        if (zebra == null) {
            // As its Debian package starts it: with a small buffer it misses routes when the kernel tells of many.
            zebra = daemon("zebra", "-s", "90000000");
            Bench.soon().until(() -> zebra("show interface brief").contains(Segment.ROUTER_LINK));
        }
        if (terms.has(Feature.BFD) && bfdd == null) {
            bfdd = daemon("bfdd");
        }
        bgpd = daemon("bgpd");
        // Without zebra it knows no interfaces, and takes no routes with link-local next hops.
        Bench.soon().until(() -> zebra("show zebra client summary").contains("bgp"));
    }

    private static String zebra(String command) {
        return Shell.ask("vtysh", "-d", "zebra", "-c", command);
    }

    @Override
    public void reload(Terms terms) {
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            String set = terms.password()
                    .map(key -> "neighbor " + neighbour.us() + " password " + key)
                    .orElse("no neighbor " + neighbour.us() + " password");
            configure(set);
        }
        current = terms;
        write(terms);
    }

    @Override
    public void stop() {
        Stream.of(Optional.ofNullable(bgpd), Optional.ofNullable(bfdd), Optional.ofNullable(zebra))
                .flatMap(Optional::stream)
                .forEach(Running::stop);
        bgpd = null;
        bfdd = null;
        zebra = null;
        Shell.ask("ip", "-n", "rtr", "route", "flush", "type", "blackhole");
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
        return neighbour(neighbour).path("bgpState").asText().equals("Established");
    }

    @Override
    public Optional<SeenRoute> route(Prefix prefix) {
        String family = prefix.family() == IpFamily.IPV4 ? "ipv4" : "ipv6";
        JsonNode tree = Json.read(vtysh("show bgp " + family + " unicast " + prefix + " json"));
        return Json.items(tree.path("paths")).findFirst().map(path -> seen(prefix, path));
    }

    @Override
    public List<Integer> shares(Prefix prefix) {
        return WEIGHT.matcher(Shell.ask("ip", "-n", "rtr", "route", "show", prefix.toString()))
                .results()
                .map(way -> Integer.valueOf(way.group(1)))
                .sorted()
                .toList();
    }

    @Override
    public int received(Terms.Neighbour neighbour) {
        return families(neighbour, "acceptedPrefixCounter");
    }

    @Override
    public int sent(Terms.Neighbour neighbour) {
        return families(neighbour, "sentPrefixCounter");
    }

    @Override
    public void flood() {
        // FRR takes its time over as many lines of configuration; the kernel's routes it takes at once.
        Path routes = Segment.DIRECTORY.resolve("flood");
        Shell.write(routes, Flood.lines(prefix -> "route add blackhole " + prefix));
        Shell.must("ip", "-n", "rtr", "-batch", routes.toString());
    }

    @Override
    public void refresh(Terms.Neighbour neighbour) {
        vtysh("clear bgp " + neighbour.us() + " soft in");
    }

    @Override
    public void shutDown(Terms.Neighbour neighbour, String message) {
        configure("neighbor " + neighbour.us() + " shutdown message " + message);
    }

    @Override
    public void bringUp(Terms.Neighbour neighbour) {
        configure("no neighbor " + neighbour.us() + " shutdown");
    }

    @Override
    public String lastWords(Terms.Neighbour neighbour) {
        JsonNode tree = neighbour(neighbour);
        return tree.path("lastNotificationReason").asText() + ": "
                + tree.path("lastShutdownDescription").asText();
    }

    @Override
    public boolean bfdUp(Ip address) {
        return Json.items(Json.read(bfdSessions()))
                .filter(peer -> peer.path("peer").asText().equals(address.toString()))
                .anyMatch(peer -> peer.path("status").asText().equals("up"));
    }

    @Override
    public String bfdSessions() {
        return vtysh("show bfd peers json");
    }

    @Override
    public String log() {
        return Shell.read(LOG);
    }

    private static SeenRoute seen(Prefix prefix, JsonNode path) {
        Set<Ip> hops = Json.items(path.path("nexthops"))
                .map(hop -> Ip.parse(hop.path("ip").asText()))
                .collect(Collectors.toSet());
        Set<String> communities = new HashSet<>();
        Json.items(path.path("community").path("list"))
                .forEach(one -> communities.add(Notation.community(one.asText())));
        Json.items(path.path("largeCommunity").path("list"))
                .forEach(one -> communities.add(Notation.community(one.asText())));
        String extended = path.path("extendedCommunity").path("string").asText();
        Stream.of(IN_WORDS.matcher(extended).replaceAll("").split(" ", -1))
                .filter(one -> !one.isEmpty())
                .forEach(one -> communities.add(Notation.extended(one)));
        return new SeenRoute(
                prefix, hops, Notation.asPath(path.path("aspath").path("string").asText()), communities);
    }

    private JsonNode neighbour(Terms.Neighbour neighbour) {
        return Json.read(vtysh("show bgp neighbors " + neighbour.us() + " json"))
                .path(neighbour.us().toString());
    }

    private int families(Terms.Neighbour neighbour, String counter) {
        return Json.items(neighbour(neighbour).path("addressFamilyInfo"))
                .mapToInt(family -> family.path(counter).asInt())
                .sum();
    }

    private void configure(String line) {
        Shell.must("vtysh", "-c", "configure terminal", "-c", "router bgp " + current.routerAs(), "-c", line);
    }

    private static String vtysh(String command) {
        return Shell.ask("vtysh", "-c", command);
    }

    private static Running daemon(String name, String... more) {
        Stream<String> command = Stream.of(
                "/usr/lib/frr/" + name,
                "-f",
                conf(name).toString(),
                "-i",
                "/run/frr/" + name + ".pid",
                "-A",
                "127.0.0.1",
                "--log",
                "stdout",
                "--log-level",
                "info");
        return Running.start(LOG, Stream.concat(command, Stream.of(more)).toArray(String[]::new));
    }

    private static void write(Terms terms) {
        StringBuilder conf = new StringBuilder("""
                frr defaults datacenter
                hostname rtr
                router bgp %d
                 bgp router-id %s
                 bgp log-neighbor-changes
                 no bgp ebgp-requires-policy
                 no bgp default ipv4-unicast
                """.formatted(terms.routerAs(), Segment.ROUTER_V4));
        neighbour(conf, terms, V4);
        neighbour(conf, terms, V6);
        conf.append(" address-family ipv4 unicast\n");
        conf.append("  neighbor ").append(V4.us()).append(" activate\n");
        if (terms.has(Feature.IPV4_OVER_IPV6)) {
            conf.append("  neighbor ").append(V6.us()).append(" activate\n");
        }
        conf.append("  redistribute kernel\n");
        conf.append(" exit-address-family\n address-family ipv6 unicast\n");
        conf.append("  neighbor ").append(V6.us()).append(" activate\n exit-address-family\n");
        write("zebra", "hostname rtr\n");
        write("bfdd", """
                bfd
                 profile fast
                  detect-multiplier 10
                  receive-interval 300
                  transmit-interval 300
                """);
        write("bgpd", conf.toString());
    }

    private static void write(String daemon, String text) {
        Shell.write(conf(daemon), text);
        Shell.must("chown", "frr:frr", conf(daemon).toString());
    }

    private static Path conf(String daemon) {
        return Path.of("/run/frr/" + daemon + ".conf");
    }

    private static void neighbour(StringBuilder conf, Terms terms, Terms.Neighbour neighbour) {
        String line = " neighbor " + neighbour.us() + " ";
        conf.append(line).append("remote-as ").append(terms.ourAs()).append('\n');
        conf.append(line).append("timers ").append(terms.holdSeconds() / 3);
        conf.append(' ').append(terms.holdSeconds()).append('\n');
        conf.append(line).append("timers connect 2\n");
        terms.password()
                .ifPresent(
                        key -> conf.append(line).append("password ").append(key).append('\n'));
        if (terms.has(Feature.ROUTER_PASSIVE)) {
            conf.append(line).append("passive\n");
        }
        if (terms.has(Feature.TWO_OCTET_ROUTER)) {
            conf.append(line).append("dont-capability-negotiate\n");
        }
        if (terms.has(Feature.TTL_SECURITY)) {
            conf.append(line).append("ttl-security hops 1\n");
        }
        if (terms.has(Feature.ROUTER_IS_CUSTOMER)) {
            conf.append(line).append("local-role customer strict-mode\n");
        }
        if (terms.has(Feature.BFD)) {
            conf.append(line).append("bfd\n").append(line).append("bfd profile fast\n");
        }
        if (terms.has(Feature.IPV4_OVER_IPV6) && neighbour.equals(V6)) {
            conf.append(line).append("capability extended-nexthop\n");
        }
    }
}
