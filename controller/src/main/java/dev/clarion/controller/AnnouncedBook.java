package dev.clarion.controller;

import dev.clarion.allocation.Condition;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServiceView;
import dev.clarion.allocation.StatusChange;
import dev.clarion.config.Config;
import dev.clarion.config.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps the condition {@code clarion.dev/Announced} of every Service true, at the price of few writes: one when it is
 * first announced, one when that ends, and where only the nodes differ a few per second. That an address is not announced
 * is said only when it has lasted, since every hand-over has a moment of it.
 */
final class AnnouncedBook {
    /** For so long an address may be without announcement before it is called so. */
    static final Duration PATIENCE = Duration.ofSeconds(15);
    /** So many conditions are written per second of which only the message changes. */
    static final int LITTLE_NEWS_PER_SECOND = 20;

    private final Map<ServiceKey, WatchedService> settled = new HashMap<>();
    private final Map<ServiceKey, Instant> silentSince = new HashMap<>();
    private Announcers announcers = Announcers.NOBODY;
    private Config config = Config.EMPTY;
    private Instant lastLittleNews = Instant.EPOCH;

    /**
     * A condition to write.
     *
     * @param change leaves all else as it is
     * @param others the conditions besides Allocated, as they are to be
     * @param turned whether it becomes true or false, or goes; else only its words change
     */
    record Update(StatusChange change, List<WatchedService.OtherCondition> others, boolean turned) {
        /** The condition Announced among them, unless it goes. */
        Optional<WatchedService.OtherCondition> announced() {
            return others.stream().filter(AnnouncedBook::isOurs).findFirst();
        }
    }

    /** What is to be done about one Service. */
    private sealed interface Finding {
        /** Nothing, until it or the announcements change. */
        record Settled() implements Finding {}

        /** Nothing yet. */
        record Later() implements Finding {}

        record Write(Update update) implements Finding {}
    }

    /**
     * What to write now.
     *
     * @param services those that are ours, as stored
     * @param now goes into the conditions
     */
    @SuppressWarnings("ReferenceEquality") // A new object is what the watch makes of a new version.
    List<Update> due(Collection<WatchedService> services, Announcers current, Config inForce, Instant now) {
        if (!current.saysTheSameAs(announcers) || !inForce.equals(config)) {
            settled.clear();
            announcers = current;
            config = inForce;
        }
        List<Update> due = new ArrayList<>();
        int little = Duration.between(lastLittleNews, now).toMillis() >= 1_000 ? LITTLE_NEWS_PER_SECOND : 0;
        for (WatchedService service : services) {
            ServiceKey key = service.view().key();
            if (settled.get(key) != service) {
                switch (find(service, now)) {
                    case Finding.Settled nothing -> settled.put(key, service);
                    case Finding.Later later -> settled.remove(key);
                    case Finding.Write(Update update) -> {
                        if (update.turned()) {
                            due.add(update);
                        } else if (little > 0) {
                            due.add(update);
                            little--;
                            lastLittleNews = now;
                        }
                    }
                }
            }
        }
        if (settled.size() > services.size()) {
            Set<ServiceKey> there = new HashSet<>();
            services.forEach(service -> there.add(service.view().key()));
            settled.keySet().retainAll(there);
            silentSince.keySet().retainAll(there);
        }
        return due;
    }

    private Finding find(WatchedService service, Instant now) {
        ServiceView view = service.view();
        Optional<WatchedService.OtherCondition> stored =
                service.others().stream().filter(AnnouncedBook::isOurs).findFirst();
        if (view.ingress().isEmpty()
                || !view.condition().map(Condition::allocated).orElse(false)) {
            silentSince.remove(view.key());
            return stored.isEmpty() ? new Finding.Settled() : write(service, Optional.empty(), Optional.empty());
        }
        Announced is = Announced.of(view.ingress(), announcers, config);
        Optional<Boolean> was = stored.map(condition -> "True".equals(condition.status()));
        if (is.all()) {
            silentSince.remove(view.key());
        } else if (!was.equals(Optional.of(false)) && !hasLasted(view.key(), now)) {
            return new Finding.Later();
        }
        boolean turned = !was.equals(Optional.of(is.all()));
        Optional<String> since = stored.filter(condition -> !turned).map(WatchedService.OtherCondition::since);
        WatchedService.OtherCondition next = new WatchedService.OtherCondition(
                Names.ANNOUNCED_CONDITION,
                is.all() ? "True" : "False",
                is.reason().word(),
                is.message(),
                view.generation(),
                since.orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString()));
        if (stored.map(condition -> saysTheSame(condition, next)).orElse(false)) {
            return new Finding.Settled();
        }
        Optional<StatusChange.Note> note = turned
                ? Optional.of(new StatusChange.Note(!is.all(), next.reason(), next.message()))
                : Optional.empty();
        return write(service, Optional.of(next), note);
    }

    private boolean hasLasted(ServiceKey key, Instant now) {
        Instant since = silentSince.computeIfAbsent(key, ignored -> now);
        return Duration.between(since, now).compareTo(PATIENCE) >= 0;
    }

    private static Finding write(
            WatchedService service,
            Optional<WatchedService.OtherCondition> announced,
            Optional<StatusChange.Note> note) {
        ServiceView view = service.view();
        StatusChange change = new StatusChange(
                view.key(),
                view.uid(),
                view.resourceVersion(),
                Optional.empty(),
                view.condition(),
                view.allocatedFrom(),
                Set.of(),
                note);
        List<WatchedService.OtherCondition> others = Stream.concat(
                        service.others().stream().filter(condition -> !isOurs(condition)), announced.stream())
                .toList();
        boolean turned = announced.isEmpty() || note.isPresent();
        return new Finding.Write(new Update(change, others, turned));
    }

    private static boolean saysTheSame(WatchedService.OtherCondition one, WatchedService.OtherCondition other) {
        return one.status().equals(other.status())
                && one.reason().equals(other.reason())
                && one.message().equals(other.message());
    }

    private static boolean isOurs(WatchedService.OtherCondition condition) {
        return condition.type().equals(Names.ANNOUNCED_CONDITION);
    }
}
