package dev.clarion.config;

import dev.clarion.net.IpRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides, entry by entry, between the form in the document and the published one ({@link Publication#of} has the
 * rules). Published forms never clash with each other, so whoever falls back can only push out changed entries, each
 * at most once: the whole costs O(n log n).
 */
final class Resolver {
    private final EffectiveConfig published;
    private final Reading.Document document;
    private final Map<EntryKey, ConfigEntry> before = new HashMap<>();
    private final Map<EntryKey, Slot> slots = new LinkedHashMap<>();
    private final ClaimTable<Slot> claims = new ClaimTable<>();
    private final List<Problem> problems = new ArrayList<>();

    Resolver(EffectiveConfig published, Reading.Document document) {
        this.published = published;
        this.document = document;
        for (ConfigEntry entry : published.config().entries()) {
            before.put(entry.key(), entry);
        }
    }

    /** One name of one list: what the document wants for it, what was published, what is in force. */
    private static final class Slot {
        private final EntryKey key;
        private final Optional<Reading.Good> wanted;
        private final Optional<ConfigEntry> old;
        private Optional<ConfigEntry> inForce = Optional.empty();

        Slot(EntryKey key, Optional<Reading.Good> wanted, Optional<ConfigEntry> old) {
            this.key = key;
            this.wanted = wanted;
            this.old = old;
        }

        boolean isUnchanged() {
            return old.isPresent() && wanted.map(Reading.Good::value).equals(old);
        }

        boolean isAsWanted() {
            return wanted.map(Reading.Good::value).equals(inForce);
        }
    }

    /** The outcome; its problems are those between entries only. */
    Publication resolve() {
        openSlots();
        stayWhoAreGone();
        for (Slot slot : slots.values()) {
            if (slot.isUnchanged() || slot.wanted.isEmpty()) {
                slot.old.ifPresent(old -> accept(slot, old));
            }
        }
        for (Slot slot : slots.values()) {
            if (!slot.isUnchanged() && slot.wanted.isPresent()) {
                change(slot, slot.wanted.get());
            }
        }
        EffectiveConfig effective = effective();
        new References(document, effective.config(), problems).check();
        problems.sort(ConfigReader.IN_ORDER_OF_TEXT);
        return new Publication(effective, problems);
    }

    private void openSlots() {
        Map<EntryKey, List<Reading.Entry>> byKey = new LinkedHashMap<>();
        for (Reading.Entry entry : document.entries()) {
            entry.place()
                    .key()
                    .ifPresent(key -> byKey.computeIfAbsent(key, ignored -> new ArrayList<>())
                            .add(entry));
        }
        byKey.forEach((key, entries) -> {
            Optional<ConfigEntry> old = Optional.ofNullable(before.get(key));
            boolean ambiguous = entries.size() > 1;
            if (ambiguous) {
                twice(entries);
            }
            Optional<Reading.Good> wanted = entries.stream()
                    .filter(Reading.Good.class::isInstance)
                    .map(Reading.Good.class::cast)
                    .filter(good -> !ambiguous || old.isEmpty() || old.get().equals(good.value()))
                    .findFirst();
            slots.put(key, new Slot(key, wanted, old));
        });
    }

    /** Two entries of one name: nobody can say which is meant, so what is in force stays, or else the first counts. */
    private void twice(List<Reading.Entry> entries) {
        Reading.Place first = entries.getFirst().place();
        for (Reading.Entry entry : entries.subList(1, entries.size())) {
            Reading.Place place = entry.place();
            problems.add(place.problem(
                    Severity.ERROR,
                    ProblemReason.DUPLICATE_NAME,
                    new Position(place.line(), place.column()),
                    "",
                    "the entry at line " + first.line() + " has this name too; give each its own"));
        }
    }

    /** Entries that left a list in which a name cannot be read: one of them may be the unreadable one. */
    private void stayWhoAreGone() {
        Map<Section, List<EntryKey>> gone = new HashMap<>();
        for (ConfigEntry entry : published.config().entries()) {
            if (document.incomplete().contains(entry.section()) && !slots.containsKey(entry.key())) {
                gone.computeIfAbsent(entry.section(), ignored -> new ArrayList<>())
                        .add(entry.key());
                slots.put(entry.key(), new Slot(entry.key(), Optional.empty(), Optional.of(entry)));
            }
        }
        gone.forEach((section, keys) -> {
            Position at = document.entries().stream()
                    .map(Reading.Entry::place)
                    .filter(place -> place.section() == section && place.name().isEmpty())
                    .map(place -> new Position(place.line(), place.column()))
                    .findFirst()
                    .orElse(new Position(0, 0));
            String names =
                    String.join(", ", keys.stream().limit(5).map(EntryKey::name).toList());
            problems.add(new Problem(
                    Severity.WARNING,
                    ProblemReason.REMOVAL_IN_DOUBT,
                    "",
                    section.key(),
                    at.line(),
                    at.column(),
                    keys.size() + " no longer listed (" + names + (keys.size() > 5 ? ", ..." : "")
                            + "), kept until every name of this list can be read"));
        });
    }

    private void change(Slot slot, Reading.Good wanted) {
        List<IpRange> ranges = Claims.of(wanted.value());
        for (int i = 0; i < ranges.size(); i++) {
            Optional<Slot> other = claims.of(slot.key.section()).firstOverlapping(ranges.get(i));
            if (other.isPresent()) {
                clash(slot, wanted, i, other.get());
                fallBack(slot);
                return;
            }
        }
        accept(slot, wanted.value());
    }

    /** Puts the published form in force, if there is one; changed entries in its way fall back in their turn. */
    private void fallBack(Slot first) {
        Deque<Slot> falling = new ArrayDeque<>(List.of(first));
        while (!falling.isEmpty()) {
            Slot slot = falling.remove();
            slot.old.ifPresent(old -> {
                for (IpRange range : Claims.of(old)) {
                    for (Slot other : claims.of(slot.key.section()).overlapping(range)) {
                        if (other != slot) {
                            evict(other, slot);
                            falling.add(other);
                        }
                    }
                }
                accept(slot, old);
            });
        }
    }

    private void evict(Slot slot, Slot by) {
        ConfigEntry form = slot.inForce.orElseThrow();
        slot.inForce = Optional.empty();
        List<IpRange> ranges = Claims.of(form);
        ranges.forEach(claims.of(slot.key.section())::remove);
        List<IpRange> against = Claims.of(by.old.orElseThrow());
        for (int i = 0; i < ranges.size(); i++) {
            IpRange range = ranges.get(i);
            if (against.stream().anyMatch(range::overlaps)) {
                clash(slot, slot.wanted.orElseThrow(), i, by);
                return;
            }
        }
    }

    private void accept(Slot slot, ConfigEntry form) {
        slot.inForce = Optional.of(form);
        for (IpRange range : Claims.of(form)) {
            claims.of(slot.key.section()).put(range, slot);
        }
    }

    private void clash(Slot slot, Reading.Good wanted, int index, Slot other) {
        IpRange range = Claims.of(wanted.value()).get(index);
        String path = Claims.path(wanted.value(), index);
        ConfigEntry form = other.inForce.or(() -> other.old).orElseThrow();
        IpRange theirs =
                Claims.of(form).stream().filter(range::overlaps).findFirst().orElseThrow();
        Reading.Place place = wanted.place();
        String message = switch (slot.key.section()) {
            case BGP_PEERS -> range + " is the address of " + other.key + " already";
            case IP_ADDRESS_POOLS,
                    RESERVATIONS,
                    QUOTAS,
                    L2_ADVERTISEMENTS,
                    BFD_PROFILES,
                    COMMUNITIES,
                    BGP_ADVERTISEMENTS -> range + " overlaps " + theirs + " of " + other.key;
        };
        String kept = other.wanted.map(Reading.Good::value).equals(Optional.of(form)) ? "" : ", which is in force";
        problems.add(place.problem(
                Severity.ERROR,
                Claims.reason(slot.key.section()),
                wanted.spots().getOrDefault(path, new Position(place.line(), place.column())),
                path,
                message + kept));
    }

    private EffectiveConfig effective() {
        List<ConfigEntry> entries = new ArrayList<>();
        Map<EntryKey, Long> kept = new HashMap<>();
        slots.values().stream()
                .sorted(Comparator.comparing(slot -> slot.key.section()))
                .forEach(slot -> {
                    slot.inForce.ifPresent(entries::add);
                    if (slot.inForce.isPresent() && !slot.isAsWanted()) {
                        kept.put(slot.key, published.keptFrom(slot.key).orElse(published.generation()));
                    }
                });
        Config config = Config.of(entries);
        boolean same = config.equals(published.config());
        return new EffectiveConfig(same ? published.generation() : published.generation() + 1, config, kept);
    }

    /** Names of pools and peers that an advertisement relies on. */
    private record References(Reading.Document document, Config config, List<Problem> problems) {

        void check() {
            Set<EntryKey> known = new HashSet<>();
            document.entries().forEach(entry -> entry.place().key().ifPresent(known::add));
            config.entries().forEach(entry -> known.add(entry.key()));
            for (Reading.Entry entry : document.entries()) {
                if (entry instanceof Reading.Good good) {
                    switch (good.value()) {
                        case L2Advertisement l2 -> names(good, Section.IP_ADDRESS_POOLS, l2.ipAddressPools(), known);
                        case BgpAdvertisement bgp -> {
                            names(good, Section.IP_ADDRESS_POOLS, bgp.ipAddressPools(), known);
                            names(good, Section.BGP_PEERS, bgp.peers(), known);
                        }
                        case IpAddressPool pool -> {}
                        case BgpPeer peer -> {}
                        case BfdProfile profile -> {}
                        case CommunityAlias alias -> {}
                        case Reservation reservation -> {}
                        case Quota quota -> {}
                    }
                }
            }
        }

        private void names(Reading.Good good, Section section, List<String> names, Set<EntryKey> known) {
            boolean pools = section == Section.IP_ADDRESS_POOLS;
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                if (!known.contains(new EntryKey(section, name))) {
                    String path = (pools ? "ipAddressPools[" : "peers[") + i + "]";
                    List<String> others = known.stream()
                            .filter(key -> key.section() == section)
                            .map(EntryKey::name)
                            .sorted()
                            .toList();
                    Reading.Place place = good.place();
                    problems.add(place.problem(
                            Severity.WARNING,
                            pools ? ProblemReason.UNKNOWN_POOL : ProblemReason.UNKNOWN_PEER,
                            good.spots().getOrDefault(path, new Position(place.line(), place.column())),
                            path,
                            (pools ? "no pool '" : "no peer '") + name + "'" + Suggestion.advice(name, others)));
                }
            }
        }
    }
}
