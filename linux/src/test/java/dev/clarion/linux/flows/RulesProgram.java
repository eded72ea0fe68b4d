package dev.clarion.linux.flows;

import dev.clarion.linux.LinuxException;
import dev.clarion.net.Ip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A node's {@link ServiceRules} in a namespace of the test's: {@code show} says what was told last, {@code count} how often
 * something was told. Each answer ends with "ok".
 */
final class RulesProgram {
    private RulesProgram() {}

    public static void main(String[] arguments) throws IOException, LinuxException {
        AtomicReference<Optional<Set<Ip>>> told = new AtomicReference<>(Optional.empty());
        AtomicInteger times = new AtomicInteger();
        ServiceRules rules = new ServiceRules(now -> {
            told.set(now);
            times.incrementAndGet();
        });
        System.out.println("ok");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            switch (line) {
                case "show" ->
                    System.out.println(told.get()
                            .map(addresses -> addresses.size() > 9
                                    ? addresses.size() + " addresses"
                                    : addresses.stream().sorted().toList().toString())
                            .orElse("no rules kept"));
                case "count" -> System.out.println(times.get());
                default -> throw new IllegalArgumentException(line);
            }
            System.out.println("ok");
        }
        rules.close();
    }
}
