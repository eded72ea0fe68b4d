package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The order in which addresses are handed out, against a model that walks over all of them. */
class FreeAddressesTest {
    private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");
    private static final Duration REST = Duration.ofSeconds(10);

    @Test
    void itAgreesWithAModelThatLooksAtEveryAddress() {
        for (long seed = 1; seed <= 60; seed++) {
            new Run(seed).run();
        }
    }

    private static final class Run {
        private final long seed;
        private final SplittableRandom chance;
        private final boolean buggy;
        private final List<Ip> all = new ArrayList<>();
        private final FreeAddresses free;
        private final TreeSet<Ip> held = new TreeSet<>();
        private final Map<Ip, Instant> released = new TreeMap<>();
        private Instant now = START;

        Run(long seed) {
            this.seed = seed;
            this.chance = new SplittableRandom(seed);
            this.buggy = chance.nextBoolean();
            AddressSet set = AddressSet.of(ranges());
            for (Optional<Ip> ip = set.first(); ip.isPresent(); ip = set.next(ip.get())) {
                if (!buggy || !FreeAddresses.isBuggy(ip.get())) {
                    all.add(ip.get());
                }
            }
            free = new FreeAddresses(set, buggy);
        }

        /** Across the ends of words, of /24s, of the family, and of the lower half of an IPv6 address. */
        private List<IpRange> ranges() {
            return switch (chance.nextInt(4)) {
                case 0 -> List.of(IpRange.parse("10.0.0.60-10.0.1.3"));
                case 1 -> List.of(IpRange.parse("255.255.255.120-255.255.255.255"), IpRange.parse("0.0.0.0-0.0.0.9"));
                case 2 -> List.of(IpRange.parse("fd00::ffff:ffff:ffff:ff80-fd00:0:0:1::90"));
                default ->
                    List.of(IpRange.parse(
                            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00-" + "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
            };
        }

        void run() {
            for (int i = 0; i < 400; i++) {
                now = now.plusMillis(chance.nextInt(100));
                step();
                assertThat(free.next(now)).as("seed %d, step %d", seed, i).isEqualTo(model());
            }
        }

        private void step() {
            int what = chance.nextInt(10);
            if (what < 6) {
                free.next(now).ifPresent(this::take);
            } else if (what < 8 && !held.isEmpty()) {
                Ip ip = List.copyOf(held).get(chance.nextInt(held.size()));
                held.remove(ip);
                released.put(ip, now);
                free.rest(ip, now, now.plus(REST));
            } else if (what == 8) {
                Ip ip = all.get(chance.nextInt(all.size()));
                held.remove(ip);
                released.remove(ip);
                free.forget(ip);
            } else {
                take(all.get(chance.nextInt(all.size())));
            }
        }

        private void take(Ip ip) {
            released.remove(ip);
            held.add(ip);
            free.take(ip);
        }

        private Optional<Ip> model() {
            Optional<Ip> fresh = all.stream()
                    .filter(ip -> !held.contains(ip) && !released.containsKey(ip))
                    .findFirst();
            return fresh.or(() -> released.entrySet().stream()
                    .filter(entry -> !entry.getValue().plus(REST).isAfter(now))
                    .min(Map.Entry.<Ip, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey));
        }
    }
}
