package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;

import dev.clarion.bgp.interop.Terms.Feature;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** BIRD 2, which prints text only. */
final class Bird implements Router {
    private static final Path CONF = Segment.DIRECTORY.resolve("bird.conf");
    private static final Path LOG = Segment.DIRECTORY.resolve("bird.log");
    private static final Path SOCKET = Segment.DIRECTORY.resolve("bird.ctl");

    private static final Pattern ATTRIBUTE = Pattern.compile("(?m)^\\s+BGP\\.([a-z_]+): (.*)$");
    private static final Pattern COUNTS = Pattern.compile("Routes:\\s+(\\d+) imported, (\\d+) exported");
    private static final Pattern COMMUNITY = Pattern.compile("\\([^)]*\\)");

    private @Nullable Running bird;
    private Terms current = Terms.PLAIN;

    @Override
    public void start(Terms terms) {
        current = terms;
        write(terms, "");
        bird = Running.start(LOG, "/usr/sbin/bird", "-f", "-c", CONF.toString(), "-s", SOCKET.toString());
    }

    @Override
    public void reload(Terms terms) {
        current = terms;
        write(terms, "");
        birdc("configure");
    }

    @Override
    public void stop() {
        if (bird != null) {
            bird.stop();
            bird = null;
        }
    }

    @Override
    public void kill() {
        if (bird != null) {
            bird.kill();
            bird = null;
        }
    }

    @Override
    public boolean established(Terms.Neighbour neighbour) {
        return protocol(neighbour).contains("BGP state:          Established");
    }

    @Override
    public Optional<SeenRoute> route(Prefix prefix) {
        String text = birdc("show route " + prefix + " all");
        List<MatchResult> attributes = ATTRIBUTE.matcher(text).results().toList();
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        Set<String> communities = new HashSet<>();
        value(attributes, "community").forEach(one -> communities.add(Notation.community(one)));
        value(attributes, "large_community").forEach(one -> communities.add(Notation.community(one)));
        value(attributes, "ext_community").forEach(one -> communities.add(Notation.extended(one)));
        return Optional.of(new SeenRoute(
                prefix,
                Stream.of(word(attributes, "next_hop").split(" ", -1))
                        .map(Ip::parse)
                        .collect(Collectors.toSet()),
                Notation.asPath(word(attributes, "as_path")),
                communities));
    }

    @Override
    public int received(Terms.Neighbour neighbour) {
        return count(neighbour, 1);
    }

    @Override
    public int sent(Terms.Neighbour neighbour) {
        return count(neighbour, 2);
    }

    @Override
    public void flood() {
        write(current, Flood.lines(prefix -> "route " + prefix + " blackhole;"));
        birdc("configure");
    }

    @Override
    public void refresh(Terms.Neighbour neighbour) {
        birdc("reload in " + neighbour.name());
    }

    @Override
    public void shutDown(Terms.Neighbour neighbour, String message) {
        birdc("disable " + neighbour.name() + " \"" + message + "\"");
    }

    @Override
    public void bringUp(Terms.Neighbour neighbour) {
        birdc("enable " + neighbour.name());
    }

    @Override
    public String lastWords(Terms.Neighbour neighbour) {
        return protocol(neighbour)
                .lines()
                .filter(line -> line.contains("Last error") || line.contains("Message:"))
                .collect(Collectors.joining());
    }

    @Override
    public boolean bfdUp(Ip address) {
        return bfdSessions().lines().anyMatch(line -> line.startsWith(address + " ") && line.contains(" Up "));
    }

    @Override
    public String bfdSessions() {
        return birdc("show bfd sessions");
    }

    @Override
    public String log() {
        return Shell.read(LOG);
    }

    private static String word(List<MatchResult> attributes, String name) {
        return attributes.stream()
                .filter(attribute -> attribute.group(1).equals(name))
                .map(attribute -> attribute.group(2))
                .findFirst()
                .orElse("");
    }

    private static Stream<String> value(List<MatchResult> attributes, String name) {
        return COMMUNITY.matcher(word(attributes, name)).results().map(MatchResult::group);
    }

    private static String protocol(Terms.Neighbour neighbour) {
        return birdc("show protocols all " + neighbour.name());
    }

    private static int count(Terms.Neighbour neighbour, int group) {
        return COUNTS.matcher(protocol(neighbour))
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(group)))
                .sum();
    }

    private static String birdc(String command) {
        return Shell.ask("birdc", "-s", SOCKET.toString(), command);
    }

    private static void write(Terms terms, String routes) {
        StringBuilder conf = new StringBuilder("""
                log stderr all;
                router id %s;
                protocol device {}
                protocol direct { ipv4; ipv6; }
                """.formatted(Segment.ROUTER_V4));
        if (terms.has(Feature.BFD)) {
            conf.append("protocol bfd { interface \"lan0\" { interval 300 ms; multiplier 10; }; }\n");
        }
        conf.append("protocol static flood { ipv4;\n").append(routes).append("}\n");
        neighbour(conf, terms, V4, "ipv4 { import all; export where source = RTS_STATIC; };");
        String more =
                terms.has(Feature.IPV4_OVER_IPV6) ? "ipv4 { extended next hop on; import all; export none; };" : "";
        neighbour(conf, terms, V6, "ipv6 { import all; export none; };" + more);
        Shell.write(CONF, conf.toString());
    }

    /** Told to know two octets only, it takes no number of four for a neighbour's, and yet reads it in the OPEN. */
    private static String remoteAs(Terms terms) {
        return terms.has(Feature.TWO_OCTET_ROUTER) ? "external" : "as " + terms.ourAs();
    }

    private static void neighbour(StringBuilder conf, Terms terms, Terms.Neighbour neighbour, String channels) {
        // After an error BIRD would stay away for a minute, and refuse us meanwhile.
        conf.append("""
                protocol bgp %s {
                 local %s as %d; neighbor %s %s;
                 hold time %d; keepalive time %d;
                 connect delay time 1; connect retry time 2; error wait time 1,2; error forget time 1;
                 %s
                """.formatted(
                        neighbour.name(),
                        neighbour.router(),
                        terms.routerAs(),
                        neighbour.us(),
                        remoteAs(terms),
                        terms.holdSeconds(),
                        terms.holdSeconds() / 3,
                        channels));
        terms.password()
                .ifPresent(key -> conf.append(" password \"").append(key).append("\";\n"));
        if (terms.has(Feature.ROUTER_PASSIVE)) {
            conf.append(" passive on;\n");
        }
        if (terms.has(Feature.TWO_OCTET_ROUTER)) {
            conf.append(" enable as4 off;\n");
        }
        if (terms.has(Feature.TTL_SECURITY)) {
            conf.append(" ttl security on;\n");
        }
        if (terms.has(Feature.ROUTER_IS_CUSTOMER)) {
            conf.append(" local role customer; require roles on;\n");
        }
        if (terms.has(Feature.BFD)) {
            conf.append(" bfd on;\n");
        }
        conf.append("}\n");
    }
}
