package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What holds for every plan, after any sequence of edits. */
class PlanPropertyTest {
    private static final int RUNS = 150;
    private static final int EDITS = 25;

    @Test
    void nobodyLosesAWorkingAddressAndNoAddressIsGivenTwice() {
        for (long seed = 1; seed <= RUNS; seed++) {
            new Run(seed).run();
        }
    }

    private static final class Run {
        private final long seed;
        private final SplittableRandom chance;
        private final Cluster cluster = new Cluster();
        private final Set<String> names = new TreeSet<>();

        Run(long seed) {
            this.seed = seed;
            this.chance = new SplittableRandom(seed);
        }

        void run() {
            pools();
            for (int edit = 0; edit < EDITS; edit++) {
                Map<String, Set<String>> before = shown();
                Set<String> touched = edit();
                assertThat(plan(chance.nextLong()))
                        .as("seed %d, edit %d: the order of Services does not matter", seed, edit)
                        .isEqualTo(cluster.plan());
                cluster.settle();
                before.forEach((name, addresses) -> {
                    if (names.contains(name) && !touched.contains(name)) {
                        assertThat(keeps(name, addresses))
                                .as("seed %d: %s had %s and has %s", seed, name, addresses, cluster.addresses(name))
                                .isTrue();
                    }
                });
                assertNothingTwice();
            }
        }

        private Plan plan(long order) {
            ClusterView view = cluster.view();
            List<ServiceView> shuffled = new ArrayList<>(view.services());
            Collections.shuffle(shuffled, new Random(order));
            return Planner.plan(
                    new ClusterView(view.config(), view.ourClass(), shuffled), cluster.ledger(), cluster.now());
        }

        private Map<String, Set<String>> shown() {
            Map<String, Set<String>> shown = new HashMap<>();
            names.forEach(name -> shown.put(name, new HashSet<>(cluster.addresses(name))));
            return shown;
        }

        /** It has what it had; or in place of one address the one that it had asked for and could not have before. */
        private boolean keeps(String name, Set<String> addresses) {
            Set<String> lost = new HashSet<>(addresses);
            lost.removeAll(cluster.addresses(name));
            return lost.isEmpty()
                    || (lost.size() == 1
                            && cluster.service(name).request() instanceof AddressRequest.Asked asked
                            && asked.addresses().stream()
                                    .anyMatch(ip -> cluster.addresses(name).contains(ip.toString())));
        }

        private void assertNothingTwice() {
            Map<Ip, String> holders = new HashMap<>();
            for (String name : names) {
                for (Ip ip : cluster.service(name).ingress()) {
                    assertThat(holders.put(ip, name))
                            .as("seed %d: two at %s", seed, ip)
                            .isNull();
                    // With the ledger lost and the pool cut, an address may have become nobody's: it is left alone.
                    assertThat(cluster.held(name).contains(ip.toString())
                                    || cluster.decision(name) instanceof Decision.Foreign)
                            .as("seed %d: %s shows %s without holding it", seed, name, ip)
                            .isTrue();
                }
            }
        }

        /** One edit; the names of those who may lose something by it, since they asked for it. */
        private Set<String> edit() {
            String name = "s" + chance.nextInt(12);
            boolean there = names.contains(name);
            cluster.later(Duration.ofSeconds(chance.nextInt(90)));
            switch (chance.nextInt(8)) {
                case 0, 1, 2 -> {
                    if (names.add(name)) {
                        cluster.add(service(name));
                    }
                }
                case 3 -> {
                    if (names.remove(name)) {
                        cluster.delete(name);
                    }
                }
                case 4 -> {
                    if (there) {
                        cluster.change(
                                name, any -> any.annotated("clarion.dev/addresses", "10.0.0." + chance.nextInt(9)));
                    }
                }
                case 5 -> {
                    if (there) {
                        cluster.change(name, Svc::ingress);
                    }
                }
                case 6 -> cluster.loseLedger();
                default -> pools();
            }
            return Set.of(name);
        }

        private Svc service(String name) {
            Svc service = Svc.named(name).created(cluster.now());
            return switch (chance.nextInt(4)) {
                case 0 -> service.families(FamilyPolicy.REQUIRE_DUAL_STACK, IpFamily.IPV6, IpFamily.IPV4);
                case 1 -> service.families(FamilyPolicy.PREFER_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6);
                default -> service;
            };
        }

        private void pools() {
            cluster.pool("a", "10.0.0.0-10.0.0." + (1 + chance.nextInt(8)), "fd00::1-fd00::" + (2 + chance.nextInt(7)));
            cluster.pool("b", "10.0.9.0-10.0.9." + (1 + chance.nextInt(3)));
        }
    }
}
