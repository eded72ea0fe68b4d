package dev.clarion.speaker.flows;

import dev.clarion.announcement.flows.Flow;
import dev.clarion.announcement.flows.FlowArrivals;
import dev.clarion.announcement.flows.FlowMessage;
import dev.clarion.announcement.flows.FlowReason;
import dev.clarion.announcement.flows.FlowSending;
import dev.clarion.announcement.flows.FlowSet;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps connections, on a thread of its own: lists of the kernel's take their time, and ownership has none. */
public final class FlowKeeping implements FlowKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(FlowKeeping.class);

    /** When what came into being since is told, after what there was at first. */
    private static final List<Duration> ROUNDS =
            List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(8));

    private static final Duration PUMP = Duration.ofMillis(10);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int TIDY_EVERY = 10;
    /** Datagrams that wait; more come only if somebody floods. */
    private static final int MOST_WAITING = 20_000;

    private final FlowStore store;
    private final Supplier<Surroundings> surroundings;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicInteger waiting = new AtomicInteger();
    private final FlowArrivals arrivals = new FlowArrivals();
    private final Map<Key, Sending> sendings = new LinkedHashMap<>();
    private final Map<Long, FlowSet> told = new HashMap<>();
    private final Set<Ip> homes = new HashSet<>();
    private boolean pumping;
    private int looks;
    private @Nullable Outlet outlet;
    private volatile Optional<String> obstacle = Optional.of("not looked at yet");
    private volatile int relayed;

    private record Key(long move, int round) {}

    private record Sending(String to, int found, FlowSending parts) {}

    FlowKeeping(FlowStore store, Supplier<Surroundings> surroundings) {
        this.store = store;
        this.surroundings = surroundings;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("flows").daemon().factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Keeps connections by this node's kernel. */
    public static FlowKeeping ofKernel(Supplier<Surroundings> surroundings) {
        return new FlowKeeping(new KernelFlows(), surroundings);
    }

    private static long now() {
        return System.nanoTime();
    }

    /** A step of this thread's: what fails is told, and the next one has its chance. */
    private interface Work {
        void run() throws IOException;
    }

    private void run(String what, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException failed) {
            LOG.atWarn()
                    .addKeyValue("what", what)
                    .setCause(failed instanceof RuntimeException ? failed : null)
                    .log("connections are not kept this time: {}", failed.getMessage());
        }
    }

    @Override
    public void answerTo(Outlet next) {
        thread.execute(() -> run("start", () -> {
            if (outlet == null) {
                start();
            }
            outlet = next;
            next.able(obstacle.isEmpty());
        }));
    }

    private void start() {
        try {
            obstacle = store.obstacle();
            if (obstacle.isEmpty()) {
                store.adopt();
                count();
            }
        } catch (IOException refused) {
            obstacle = Optional.of(String.valueOf(refused.getMessage()));
        }
        obstacle.ifPresentOrElse(
                why -> LOG.warn("flows are not kept: {}", why),
                () -> LOG.info("connections survive planned moves between nodes that keep flows"));
        if (obstacle.isEmpty()) {
            Future<?> _ = thread.scheduleWithFixedDelay(
                    () -> run("look", this::look), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    // The old owner.

    @Override
    public void keep(long move, List<Ip> addresses, String to) {
        thread.execute(() -> {
            told.put(move, FlowSet.NONE);
            run("export", () -> round(move, 0, Set.copyOf(addresses), to));
            if (!sendings.containsKey(new Key(move, 0))) {
                settled(move, told.getOrDefault(move, FlowSet.NONE).size(), 0);
            }
            for (int i = 0; i < ROUNDS.size(); i++) {
                int round = i + 1;
                Future<?> _ = thread.schedule(
                        () -> run("export", () -> round(move, round, Set.copyOf(addresses), to)),
                        ROUNDS.get(i).toMillis(),
                        TimeUnit.MILLISECONDS);
            }
        });
    }

    private void round(long move, int round, Set<Ip> addresses, String to) throws IOException {
        FlowSet before = told.getOrDefault(move, FlowSet.NONE);
        FlowSet fresh = export(addresses).without(before);
        if (round == ROUNDS.size()) {
            told.remove(move);
        } else {
            told.put(move, FlowSet.all(List.of(fresh, before)));
        }
        if (fresh.size() > 0) {
            if (round == 0) {
                LOG.atInfo()
                        .addKeyValue("to", to)
                        .addKeyValue("flows", fresh.size())
                        .addKeyValue("leftOut", fresh.leftOut())
                        .log("connections are to survive a move");
            }
            sendings.put(
                    new Key(move, round),
                    new Sending(to, fresh.size(), new FlowSending(FlowMessage.parts(round, fresh), now())));
            pump();
        }
    }

    /** What is sent on keeps its home; the rest has it here. */
    private FlowSet export(Set<Ip> addresses) throws IOException {
        FlowSet all = FlowSet.NONE;
        for (Map.Entry<Ip, Set<Flow>> entry : store.relayed().entrySet()) {
            all = all.and(
                    entry.getKey(),
                    entry.getValue().stream()
                            .filter(flow -> addresses.contains(flow.address()))
                            .toList());
        }
        Surroundings around = surroundings.get();
        Map<Ip, List<Flow>> here = new LinkedHashMap<>();
        for (Flow flow : store.tracked(addresses, FlowSet.MAX)) {
            around.place(flow.address())
                    .ifPresent(place -> here.computeIfAbsent(place.own(), first -> new ArrayList<>())
                            .add(flow));
        }
        for (Map.Entry<Ip, List<Flow>> entry : here.entrySet()) {
            all = all.and(entry.getKey(), entry.getValue());
        }
        return all;
    }

    private void pump() {
        if (!pumping && !sendings.isEmpty()) {
            pumping = true;
            thread.execute(this::pumpOnce);
        }
    }

    private void pumpOnce() {
        long now = now();
        for (Map.Entry<Key, Sending> entry : List.copyOf(sendings.entrySet())) {
            Key key = entry.getKey();
            Sending sending = entry.getValue();
            if (sending.parts().hopeless(now)) {
                done(key, 0);
            } else {
                sending.parts().due(now).forEach(part -> post(sending.to(), key.move(), part));
            }
        }
        pumping = !sendings.isEmpty();
        if (pumping) {
            Future<?> _ = thread.schedule(this::pumpOnce, PUMP.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void done(Key key, int kept) {
        Sending sending = sendings.remove(key);
        if (sending != null && key.round() == 0) {
            settled(key.move(), sending.found(), kept);
        }
    }

    private void settled(long move, int found, int kept) {
        Outlet to = outlet;
        if (to != null) {
            to.settled(move, found, kept);
        }
    }

    private void post(String node, long move, byte[] content) {
        Outlet to = outlet;
        if (to != null) {
            to.post(node, move, content);
        }
    }

    // The new owner.

    @Override
    public void delivered(String from, long move, byte[] content) {
        if (obstacle.isPresent() || waiting.get() >= MOST_WAITING) {
            return;
        }
        waiting.incrementAndGet();
        thread.execute(() -> {
            waiting.decrementAndGet();
            FlowMessage.decode(content).ifPresent(message -> run("message", () -> message(from, move, message)));
        });
    }

    private void message(String from, long move, FlowMessage message) {
        Key key = new Key(move, message.round());
        Optional<Sending> ours = Optional.ofNullable(sendings.get(key))
                .filter(sending -> sending.to().equals(from));
        switch (message) {
            case FlowMessage.Part part -> part(from, move, part);
            case FlowMessage.Heard heard ->
                ours.ifPresent(sending -> {
                    sending.parts().heard(heard, now());
                    sending.parts().due(now()).forEach(next -> post(from, move, next));
                });
            case FlowMessage.Loaded loaded ->
                ours.ifPresent(sending -> {
                    if (loaded.reason() != FlowReason.KEPT) {
                        LOG.atWarn()
                                .addKeyValue("to", from)
                                .addKeyValue("reason", loaded.reason())
                                .addKeyValue("kept", loaded.kept())
                                .addKeyValue("of", sending.found())
                                .log("the new owner does not keep all connections");
                    }
                    done(key, Math.min(loaded.kept(), sending.found()));
                });
        }
    }

    private void part(String from, long move, FlowMessage.Part part) {
        FlowArrivals.Arrival arrival = arrivals.arrived(from, move, part, now());
        arrival.answer().ifPresent(answer -> post(from, move, answer.encode()));
        arrival.whole().ifPresent(whole -> {
            FlowStore.Loaded became = new FlowStore.Loaded(FlowReason.REFUSED, 0);
            try {
                became = load(whole);
            } catch (IOException refused) {
                LOG.warn("connections that moved here are lost: {}", refused.getMessage());
            }
            LOG.atInfo()
                    .addKeyValue("from", from)
                    .addKeyValue("flows", whole.size())
                    .addKeyValue("kept", became.kept())
                    .addKeyValue("reason", became.reason())
                    .log("connections that began elsewhere");
            post(
                    from,
                    move,
                    arrivals.loaded(from, move, part.round(), became.reason(), became.kept(), now())
                            .encode());
        });
    }

    private FlowStore.Loaded load(FlowSet given) throws IOException {
        Surroundings around = surroundings.get();
        FlowSet flows = given.only(flow -> around.services().contains(flow.address()));
        FlowReason reason = flows.size() < given.size() ? FlowReason.UNKNOWN_ADDRESS : FlowReason.KEPT;
        int kept = 0;
        for (Map.Entry<Ip, Set<Flow>> entry : flows.byHome().entrySet()) {
            for (Map.Entry<Optional<String>, List<Flow>> on :
                    byInterface(around, entry.getKey(), entry.getValue()).entrySet()) {
                FlowStore.Loaded loaded = load(around, entry.getKey(), on.getKey(), on.getValue());
                kept += loaded.kept();
                reason = loaded.reason() == FlowReason.KEPT ? reason : loaded.reason();
            }
        }
        count();
        return new FlowStore.Loaded(reason, kept);
    }

    private static Map<Optional<String>, List<Flow>> byInterface(Surroundings around, Ip home, Collection<Flow> flows) {
        Map<Optional<String>, List<Flow>> byInterface = new LinkedHashMap<>();
        for (Flow flow : flows) {
            Optional<String> name = around.place(flow.address())
                    .filter(place -> place.segment().holds(home))
                    .map(place -> place.segment().name());
            byInterface.computeIfAbsent(name, first -> new ArrayList<>()).add(flow);
        }
        return byInterface;
    }

    private FlowStore.Loaded load(Surroundings around, Ip home, Optional<String> on, List<Flow> flows)
            throws IOException {
        if (around.own(home)) {
            store.release(flows);
            return new FlowStore.Loaded(FlowReason.KEPT, flows.size());
        }
        if (on.isEmpty() || around.dead().contains(home)) {
            return new FlowStore.Loaded(FlowReason.NO_NEXT_HOP, 0);
        }
        return store.relay(on.get(), home, flows);
    }

    private void count() throws IOException {
        Map<Ip, Set<Flow>> all = store.relayed();
        homes.clear();
        homes.addAll(all.keySet());
        relayed = all.values().stream().mapToInt(Set::size).sum();
    }

    // All the time.

    private void look() throws IOException {
        arrivals.tidy(now());
        looks++;
        if (looks % TIDY_EVERY == 0 && !homes.isEmpty()) {
            store.tidy();
            count();
        }
        Set<Ip> lost = new HashSet<>(homes);
        lost.retainAll(surroundings.get().dead());
        for (Ip home : lost) {
            LOG.info("home={} connections are lost with the node that had them", home);
            store.forget(home);
        }
        if (!lost.isEmpty()) {
            count();
        }
    }

    @Override
    public Optional<String> obstacle() {
        return obstacle;
    }

    @Override
    public int relayed() {
        return relayed;
    }

    /** Ends the thread; what is relayed stays in the kernel, for the next run or until its time is over. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
