package dev.clarion.speaker;

import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.EventType;
import dev.clarion.kube.ObjectRef;
import dev.clarion.linux.KernelChecks;
import dev.clarion.linux.KernelFinding;
import dev.clarion.linux.Link;
import dev.clarion.linux.Sysctl;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every minute whether this node's kernel gets in the way, and tells of what is new on the Node. */
final class KernelWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelWatch.class);
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final String node;
    private final Sight sight;
    private final Sysctl sysctl;
    private final EventRecorder events;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile List<KernelFinding> findings = List.of();

    /**
     * Where to look.
     *
     * @param links all interfaces
     * @param segments those on which addresses are announced
     * @param addresses those that any node announces at layer 2
     */
    record Sight(Supplier<List<Link>> links, Supplier<Set<String>> segments, Supplier<Collection<Ip>> addresses) {}

    /** Made, not started. */
    KernelWatch(String node, Sight sight, Sysctl sysctl, EventRecorder events) {
        this.node = node;
        this.sight = sight;
        this.sysctl = sysctl;
        this.events = events;
        this.thread = Thread.ofVirtual().name("kernel-watch").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            Duration pause = FIRST;
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = PAUSE;
                look();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once. */
    void look() {
        try {
            List<KernelFinding> now = KernelChecks.look(
                    sysctl,
                    sight.links().get(),
                    sight.segments().get(),
                    sight.addresses().get());
            now.stream().filter(finding -> !findings.contains(finding)).forEach(this::tell);
            findings = now;
        } catch (RuntimeException defect) {
            LOG.warn("the kernel's parameters could not be looked at", defect);
        }
    }

    private void tell(KernelFinding finding) {
        LOG.atWarn()
                .addKeyValue("fault", finding.fault())
                .addKeyValue("on", finding.interfaceName())
                .addKeyValue("fact", finding.fact())
                .log(finding.fault().advice());
        events.record(ObjectRef.node(node), EventType.WARNING, EventReason.KERNEL_IN_THE_WAY.word(), finding.text());
    }

    /** What was found at the last look. */
    List<KernelFinding> findings() {
        return findings;
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
