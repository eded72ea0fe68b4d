package dev.clarion.speaker;

import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.ownership.ClaimReason;
import dev.clarion.announcement.ownership.FlowOutcome;
import dev.clarion.announcement.ownership.MoveReason;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.EventType;
import dev.clarion.kube.ObjectRef;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what ownership does, and says what people want to know of it. */
final class OwnershipLog implements OwnershipListener {
    private static final Logger LOG = LoggerFactory.getLogger(OwnershipLog.class);
    private static final int MOST_NAMES = 10;
    /** On a node that has too little processor it happens all the time. */
    private static final long FENCES_EVERY = TimeUnit.SECONDS.toNanos(10);

    private final String node;
    private final SpeakerMetrics metrics;
    private final EventRecorder events;
    private final Runnable wake;

    /** Belongs to the ownership thread: how often it was fenced since that was told, and when that was. */
    private int fences;

    private long fenceTold = System.nanoTime() - FENCES_EVERY;

    /** @param wake the loop, which looks at decisions */
    OwnershipLog(String node, SpeakerMetrics metrics, EventRecorder events, Runnable wake) {
        this.node = node;
        this.metrics = metrics;
        this.events = events;
        this.wake = wake;
    }

    @Override
    public void sent(boolean successfully) {
        metrics.sent(successfully);
    }

    @Override
    public void received() {
        metrics.received();
    }

    @Override
    public void dropped(DropReason reason) {
        metrics.dropped(reason);
    }

    @Override
    public void claimed(String interfaceName, List<Ip> addresses, ClaimReason reason) {
        metrics.claimed(reason, addresses.size());
        LOG.atInfo()
                .addKeyValue("reason", reason)
                .addKeyValue("on", interfaceName)
                .addKeyValue("addresses", some(addresses))
                .log(reason == ClaimReason.REPEATED ? "announced again" : "claimed");
    }

    @Override
    public void moving(List<Ip> addresses, String to, MoveReason reason) {
        metrics.moving(reason, addresses.size());
        LOG.atInfo()
                .addKeyValue("reason", reason)
                .addKeyValue("to", to)
                .addKeyValue("addresses", some(addresses))
                .log("handed over");
    }

    @Override
    public void committed(List<Ip> addresses, String to, boolean rules, FlowOutcome flows) {
        LOG.atInfo()
                .addKeyValue("to", to)
                .addKeyValue("rules", rules ? "there" : "UNKNOWN")
                .addKeyValue("flows", flows)
                .addKeyValue("addresses", some(addresses))
                .log("the other node takes over");
    }

    @Override
    public void notRecognised(List<String> by) {
        LOG.atWarn()
                .addKeyValue("by", by)
                .log(
                        "the other speakers do not know this node as a member; it answers for nothing until they do. Is its"
                                + " Lease there, and do they reach the API server?");
    }

    private static String some(List<Ip> addresses) {
        String names = addresses.stream().limit(MOST_NAMES).map(Ip::toString).collect(Collectors.joining(","));
        return addresses.size() > MOST_NAMES ? names + " and " + (addresses.size() - MOST_NAMES) + " more" : names;
    }

    @Override
    public void lost(Ip address, String to) {
        metrics.lost();
        LOG.debug("address={} to={} another node owns it now", address, to);
    }

    @Override
    public void fenced(Duration gap) {
        metrics.fenced();
        fences++;
        long now = System.nanoTime();
        if (now - fenceTold < FENCES_EVERY) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("millis", gap.toMillis())
                .addKeyValue("times", fences)
                .log("this speaker stood still or was cut off; it asks who owns what before it answers again");
        fenceTold = now;
        fences = 0;
    }

    @Override
    public void foreign(String interfaceName, Ip address, Mac mac, boolean quarantined) {
        if (quarantined) {
            // Told on the Services that have the address.
            return;
        }
        LOG.atWarn()
                .addKeyValue("address", address)
                .addKeyValue("mac", mac)
                .addKeyValue("on", interfaceName)
                .log("a host outside of the cluster uses an address that is announced here; it is defended");
        events.record(
                ObjectRef.node(node),
                EventType.WARNING,
                EventReason.ADDRESS_CONFLICT.word(),
                "a host with hardware address " + mac + " on " + interfaceName + " uses " + address
                        + ", which this node announces. Take the address from that host.");
    }

    @Override
    public void failed(RuntimeException defect) {
        metrics.defect();
        LOG.error("a step of ownership failed; the state before it stays", defect);
    }

    @Override
    public void decided() {
        wake.run();
    }
}
