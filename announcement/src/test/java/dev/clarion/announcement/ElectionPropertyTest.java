package dev.clarion.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Invariants over random clusters; a failure names the seed. */
class ElectionPropertyTest {
    private static final int RUNS = 200;

    private static World random(SplittableRandom random) {
        int count = random.nextInt(1, 8);
        World world = World.ofNodes();
        for (int i = 0; i < count; i++) {
            String name = "node-" + i;
            world.node(name);
            boolean excluded = random.nextInt(10) == 0;
            boolean cordoned = random.nextInt(5) == 0;
            world.node(name, facts -> new NodeFacts(name, excluded, false, cordoned));
            if (random.nextInt(8) == 0) {
                world.segments(name, World.LAN);
            }
        }
        for (int i = 0; i < 30; i++) {
            int host = 200 + random.nextInt(20);
            String[] addresses = switch (random.nextInt(3)) {
                case 0 -> new String[] {"192.168.50." + host};
                case 1 -> new String[] {"fd50::" + host};
                default -> new String[] {"fd50::" + host, "192.168.50." + host};
            };
            Set<String> endpoints = IntStream.range(0, count)
                    .filter(n -> random.nextInt(3) > 0)
                    .mapToObj(n -> "node-" + n)
                    .collect(Collectors.toSet());
            if (random.nextInt(3) == 0) {
                world.local("svc-" + i, endpoints, addresses);
            } else {
                world.service("svc-" + i, TrafficPolicy.CLUSTER, endpoints, addresses);
            }
        }
        return world;
    }

    private static Map<Ip, Optional<String>> owners(NodeView view) {
        Map<Ip, Optional<String>> owners = new HashMap<>();
        Announcement.decide(view).decisions().forEach((ip, decision) -> owners.put(ip, decision.owner()));
        return owners;
    }

    @Test
    void nodesWithTheSameViewElectTheSameOwnerWhateverTheOrder() {
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            World world = random(random);
            Map<Ip, Optional<String>> expected = owners(world.viewOf("node-0"));
            for (String node : world.liveNodes()) {
                assertThat(owners(world.shuffledViewOf(node, random)))
                        .as("seed %d, view of %s", seed, node)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void everyAddressIsAnsweredByItsOwnerAloneAndReasonsAgreeWithIntents() {
        for (long seed = 0; seed < RUNS; seed++) {
            World world = random(new SplittableRandom(seed));
            Map<Ip, Integer> answering = new HashMap<>();
            for (String node : world.liveNodes()) {
                Intent intent = world.decide(node);
                Set<Ip> mine = new TreeSet<>();
                intent.layer2().values().forEach(mine::addAll);
                mine.forEach(ip -> answering.merge(ip, 1, Integer::sum));
                for (AddressDecision decision : intent.decisions().values()) {
                    assertThat(decision.layer2().get(node) == AnnouncementReason.ANNOUNCED)
                            .as("seed %d: %s on %s", seed, decision, node)
                            .isEqualTo(mine.contains(decision.address()));
                }
            }
            long runSeed = seed;
            owners(world.viewOf("node-0"))
                    .forEach((ip, owner) -> assertThat(answering.getOrDefault(ip, 0))
                            .as("seed %d: %s, owner %s", runSeed, ip, owner)
                            .isEqualTo(owner.isPresent() ? 1 : 0));
        }
    }

    @Test
    void aNodeThatDiesMovesOnlyWhatItOwned() {
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int count = random.nextInt(2, 9);
            World world = World.ofNodes(
                    IntStream.range(0, count).mapToObj(i -> "node-" + i).toArray(String[]::new));
            for (int i = 200; i < 220; i++) {
                world.service("svc-" + i, "192.168.50." + i, "fd50::" + i);
            }
            String victim = "node-" + random.nextInt(count);
            String witness = world.liveNodes().stream()
                    .filter(node -> !node.equals(victim))
                    .findFirst()
                    .orElseThrow();
            Map<Ip, Optional<String>> before = owners(world.viewOf(witness));
            Map<Ip, Optional<String>> after = owners(world.speakerDies(victim).viewOf(witness));
            long runSeed = seed;
            before.forEach((ip, owner) -> {
                if (owner.equals(Optional.of(victim))) {
                    assertThat(after.get(ip))
                            .as("seed %d", runSeed)
                            .isNotEqualTo(owner)
                            .isPresent();
                } else {
                    assertThat(after.get(ip)).as("seed %d", runSeed).isEqualTo(owner);
                }
            });
        }
    }

    @Test
    void theHashSpreadsAddressesOverNodesAndItsValuesAreFixed() {
        List<String> nodes = IntStream.range(0, 10).mapToObj(i -> "node-" + i).toList();
        Map<String, Integer> load = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            Ip ip = Ip.ofV4(0xc0a80000 + i);
            nodes.stream()
                    .max((a, b) -> Long.compareUnsigned(RendezvousHash.score(a, ip), RendezvousHash.score(b, ip)))
                    .ifPresent(node -> load.merge(node, 1, Integer::sum));
        }
        assertThat(load.values()).hasSize(10).allSatisfy(n -> assertThat(n).isBetween(850, 1150));
        // Speakers of different versions must agree: these values are part of the protocol.
        assertThat(Long.toHexString(RendezvousHash.score("n1", Ip.parse("192.168.50.200"))))
                .isEqualTo("1d6c9d8b9e8c9daa");
        assertThat(Long.toHexString(RendezvousHash.score("n1", Ip.parse("fd50::200"))))
                .isEqualTo("e36bb0a79c888aa2");
    }
}
