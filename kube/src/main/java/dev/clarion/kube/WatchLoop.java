package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list and watch of one {@link ReducedWatch}, on a thread of its own. */
final class WatchLoop<T extends HasMetadata, R> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReducedWatch.class);

    /** The server sends a bookmark each minute on a quiet watch; two missing in a row mean that nobody is there. */
    private static final Duration SILENCE = Duration.ofSeconds(130);

    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** A watch that held this long was a good one: the next failure is again the first. */
    private static final Duration PROVEN = Duration.ofSeconds(5);

    private static final int SPREAD_SECONDS = 300;

    private final ApiCalls calls;
    private final WatchScope<T> scope;
    private final Lister<T> lister;
    private final Function<T, Optional<R>> reduce;
    private final Runnable dirty;
    private final ReducedState<R> state = new ReducedState<>();
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicLong lists = new AtomicLong();

    /** Where to go on watching; empty means list first. Written by the loop, and by the one watch it waits for. */
    private volatile String version = "";

    private volatile @Nullable WatchStream<T> live;
    private volatile boolean synced;
    private volatile boolean connected;
    private volatile long lastHeard = System.nanoTime();
    private int failures;

    WatchLoop(ApiCalls calls, WatchScope<T> scope, Function<T, Optional<R>> reduce, Runnable dirty) {
        this.calls = calls;
        this.scope = scope;
        this.lister = new Lister<>(calls, scope);
        this.reduce = reduce;
        this.dirty = dirty;
    }

    ReducedState<R> state() {
        return state;
    }

    boolean synced() {
        return synced;
    }

    boolean connected() {
        return connected;
    }

    long lists() {
        return lists.get();
    }

    Duration sinceLastEvent() {
        return Duration.ofNanos(System.nanoTime() - lastHeard);
    }

    void stop() {
        stop.countDown();
        WatchStream<T> stream = live;
        if (stream != null) {
            stream.close();
        }
    }

    @Override
    public void run() {
        try {
            while (!pause()) {
                turn();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits as the failures so far demand; true if it is to stop. */
    private boolean pause() throws InterruptedException {
        Duration delay = failures == 0 ? Duration.ZERO : backoff.delay(failures, ThreadLocalRandom.current());
        return stop.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void turn() throws InterruptedException {
        try {
            if (version.isEmpty()) {
                list();
            }
            long began = System.nanoTime();
            WatchEnd end = watch();
            if (System.nanoTime() - began > PROVEN.toNanos()) {
                failures = 0;
            }
            ended(end);
        } catch (KubeException refused) {
            failed("list", refused.getMessage());
        } catch (RuntimeException defect) {
            // Whatever one answer was that we stumbled over, the watch goes on, from a fresh list.
            version = "";
            failed("parse", ApiCalls.describe(defect));
        }
    }

    private void list() {
        Map<ObjectKey, R> all = new HashMap<>();
        String listed = lister.list(
                object -> {
                    ObjectKey key = key(object);
                    reduced(key, object).ifPresent(value -> all.put(key, value));
                },
                all::clear);
        boolean changed = state.replace(all);
        boolean first = !synced;
        version = listed;
        lists.incrementAndGet();
        lastHeard = System.nanoTime();
        synced = true;
        if (changed || first) {
            tell();
        }
    }

    private WatchEnd watch() throws InterruptedException {
        String path = scope.watch(version, ThreadLocalRandom.current().nextInt(SPREAD_SECONDS));
        try (WatchStream<T> stream = new WatchStream<>(calls, scope.type(), path, this::event)) {
            live = stream;
            if (stop.getCount() == 0) {
                return new WatchEnd.Closed();
            }
            CompletableFuture.anyOf(stream.open(), stream.end()).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            lastHeard = System.nanoTime();
            connected = stream.open().isDone();
            return untilEnd(stream);
        } catch (TimeoutException late) {
            return new WatchEnd.Lost("no answer within " + ANSWER.toSeconds() + " s");
        } catch (ExecutionException cannotBe) {
            throw new IllegalStateException(cannotBe);
        } finally {
            connected = false;
            live = null;
        }
    }

    private WatchEnd untilEnd(WatchStream<T> stream) throws InterruptedException, ExecutionException {
        while (true) {
            long left = SILENCE.minus(sinceLastEvent()).toMillis();
            if (left <= 0) {
                return new WatchEnd.Lost("silent for " + SILENCE.toSeconds() + " s");
            }
            try {
                return stream.end().get(left, TimeUnit.MILLISECONDS);
            } catch (TimeoutException lookAgain) {
                LOG.trace("watch of {} is quiet", scope.what());
            }
        }
    }

    private void ended(WatchEnd end) {
        switch (end) {
            case WatchEnd.Closed() -> failures++;
            case WatchEnd.Expired() -> {
                version = "";
                failures++;
                LOG.atInfo().addKeyValue("kind", scope.what()).log("history expired, listing again");
            }
            case WatchEnd.Lost(String why) -> failed("watch", why);
            case WatchEnd.Refused(String why) -> {
                version = "";
                failed("watch", why);
            }
        }
    }

    private void failed(String step, @Nullable String why) {
        failures++;
        LOG.atWarn()
                .addKeyValue("kind", scope.what())
                .addKeyValue("step", step)
                .addKeyValue("why", why)
                .log("lost touch with the API server, keeping what was last known");
    }

    private void event(WatchStream.Change change, T object) {
        lastHeard = System.nanoTime();
        boolean changed = switch (change) {
            case ADDED, MODIFIED -> seen(object);
            case DELETED -> state.put(key(object), Optional.empty());
            // Says how far the server is and nothing else: it has no name that a key could be made of.
            case BOOKMARK -> false;
        };
        version = object.getMetadata().getResourceVersion();
        if (changed) {
            tell();
        }
    }

    private boolean seen(T object) {
        ObjectKey key = key(object);
        return state.put(key, reduced(key, object));
    }

    /** An object that our own code stumbles over must not take the others with it: it stays as it was last known. */
    private Optional<R> reduced(ObjectKey key, T object) {
        try {
            return reduce.apply(object);
        } catch (RuntimeException defect) {
            LOG.atError()
                    .addKeyValue("kind", scope.what())
                    .addKeyValue("object", key)
                    .setCause(defect)
                    .log("cannot make sense of an object, keeping what was last known of it");
            return state.get(key);
        }
    }

    private void tell() {
        try {
            dirty.run();
        } catch (RuntimeException defect) {
            LOG.atError().addKeyValue("kind", scope.what()).setCause(defect).log("a change could not be passed on");
        }
    }

    private static ObjectKey key(HasMetadata object) {
        ObjectMeta meta = object.getMetadata();
        String namespace = meta.getNamespace();
        return new ObjectKey(namespace == null ? "" : namespace, meta.getName());
    }
}
