package dev.clarion.controller;

import dev.clarion.config.Names;
import dev.clarion.kube.KubeException;
import dev.clarion.kube.SecretMaker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the Secret with the key that speakers sign their heartbeats with, if there is none. Never changes one that is
 * there: rotating keys is up to whoever wants to.
 */
final class HeartbeatKey implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatKey.class);

    /** As long as HMAC-SHA256's own output: more would not make it stronger (RFC 2104 section 3). */
    static final int BYTES = 32;

    private static final Duration SOON = Duration.ofSeconds(2);
    /** Speakers keep a key that was deleted; only one that starts anew misses it. */
    private static final Duration RARELY = Duration.ofMinutes(10);

    private final SecretMaker secrets;
    private final BooleanSupplier leads;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private String failure = "";

    /**
     * Made, not started.
     *
     * @param leads whether this replica does the writing
     */
    HeartbeatKey(SecretMaker secrets, BooleanSupplier leads) {
        this.secrets = secrets;
        this.leads = leads;
        this.thread = Thread.ofVirtual().name("heartbeat-key").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = leads.getAsBoolean() && ensure() ? RARELY : SOON;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it is there now. */
    boolean ensure() {
        try {
            SecretMaker.Outcome outcome = secrets.ensure(
                    Names.HEARTBEAT_SECRET,
                    Map.of("app.kubernetes.io/name", "clarion"),
                    () -> Map.of(Names.HEARTBEAT_KEY, fresh()));
            if (outcome == SecretMaker.Outcome.MADE) {
                LOG.atInfo().addKeyValue("secret", Names.HEARTBEAT_SECRET).log("heartbeat key made");
            }
            failure = "";
            return true;
        } catch (KubeException refused) {
            String why = String.valueOf(refused.getMessage());
            if (!why.equals(failure)) {
                failure = why;
                LOG.atWarn().addKeyValue("why", why).log("no heartbeat key: failover is slow");
            }
            return false;
        }
    }

    private static byte[] fresh() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
