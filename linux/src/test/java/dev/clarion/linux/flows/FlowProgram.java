package dev.clarion.linux.flows;

import dev.clarion.linux.Link;
import dev.clarion.linux.Links;
import dev.clarion.linux.LinuxException;
import dev.clarion.linux.flows.wire.Flow;
import dev.clarion.linux.flows.wire.Steering.Hop;
import dev.clarion.net.Ip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A node's {@link FlowKernel} in a namespace of the test's, ordered about line by line: {@code obstacle}, {@code tracked
 * ADDRESS...}, {@code relay INTERFACE VIA FLOW...} (flows as tracked prints them), {@code many INTERFACE VIA ADDRESS
 * COUNT}, {@code relayed}, {@code release FLOW...}, {@code forget INTERFACE VIA}, {@code tidy}, {@code adopt}, {@code
 * clear}. Each answer ends with "ok". The argument is for how many seconds flows are kept.
 */
final class FlowProgram {
    private FlowProgram() {}

    public static void main(String[] arguments) throws IOException {
        FlowKernel kernel = new FlowKernel(Duration.ofSeconds(Long.parseLong(arguments[0])));
        System.out.println("ok");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            try {
                obey(kernel, List.of(line.split(" ", -1)));
            } catch (LinuxException e) {
                System.out.println(e.getMessage());
            }
            System.out.println("ok");
        }
    }

    private static void obey(FlowKernel kernel, List<String> words) throws LinuxException {
        switch (words.getFirst()) {
            case "obstacle" -> kernel.obstacle().ifPresent(System.out::println);
            case "tracked" ->
                kernel.tracked(rest(words, 1).stream().map(Ip::parse).toList(), 100_000).stream()
                        .map(FlowProgram::print)
                        .sorted()
                        .forEach(System.out::println);
            case "relay" -> System.out.println(kernel.relay(hop(words), flows(rest(words, 3))));
            case "many" ->
                System.out.println(
                        kernel.relay(hop(words), many(Ip.parse(words.get(3)), Integer.parseInt(words.get(4)))));
            case "relayed" ->
                kernel.relayed()
                        .forEach((hop, flows) -> System.out.println(hop.via() + " " + flows.size()
                                + (flows.size() > 9
                                        ? ""
                                        : " "
                                                + flows.stream()
                                                        .map(FlowProgram::print)
                                                        .sorted()
                                                        .toList())));
            case "release" -> kernel.release(flows(rest(words, 1)));
            case "forget" -> kernel.forget(hop(words));
            case "tidy" -> print(kernel.tidy());
            case "adopt" -> print(kernel.adopt());
            case "clear" -> kernel.clear();
            default -> throw new IllegalArgumentException(words.toString());
        }
    }

    private static void print(Set<Hop> hops) {
        hops.stream().map(hop -> hop.via().toString()).sorted().forEach(System.out::println);
    }

    private static List<String> rest(List<String> words, int from) {
        return words.subList(from, words.size());
    }

    private static Hop hop(List<String> words) throws LinuxException {
        int index = Links.snapshot().stream()
                .filter(link -> link.name().equals(words.get(1)))
                .mapToInt(Link::index)
                .findFirst()
                .orElseThrow();
        return new Hop(index, Ip.parse(words.get(2)));
    }

    static String print(Flow flow) {
        return flow.protocol() + "," + flow.client() + "," + flow.clientPort() + "," + flow.address() + ","
                + flow.port();
    }

    private static List<Flow> flows(List<String> texts) {
        return texts.stream()
                .map(text -> Arrays.asList(text.split(",", -1)))
                .map(parts -> new Flow(
                        Integer.parseInt(parts.get(0)),
                        Ip.parse(parts.get(1)),
                        Integer.parseInt(parts.get(2)),
                        Ip.parse(parts.get(3)),
                        Integer.parseInt(parts.get(4))))
                .toList();
    }

    /** Flows of as many clients, whose first address is that of the service. */
    private static Collection<Flow> many(Ip address, int count) {
        Set<Flow> flows = new LinkedHashSet<>();
        Ip client = address;
        for (int i = 0; i < count; i++) {
            client = client.next();
            flows.add(new Flow(Flow.TCP, client, 1024 + i % 60_000, address, 443));
        }
        return flows;
    }
}
