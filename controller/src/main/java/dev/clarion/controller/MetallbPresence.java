package dev.clarion.controller;

import dev.clarion.controller.metallb.MetallbSources;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.EventType;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ObjectRef;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether MetalLB runs in this cluster; tells people once when that changes. Used by the loop's thread alone. */
final class MetallbPresence {
    private static final Logger LOG = LoggerFactory.getLogger(MetallbPresence.class);

    private final MetallbSources metallb;
    private final EventRecorder events;
    private final String namespace;
    private boolean present;

    MetallbPresence(MetallbSources metallb, EventRecorder events, String namespace) {
        this.metallb = metallb;
        this.events = events;
        this.namespace = namespace;
    }

    /** Whether it runs, so that Services without a class are left to it. */
    boolean look() {
        Set<ObjectKey> running = metallb.running();
        boolean now = !running.isEmpty();
        if (now && !present) {
            tell(
                    EventType.WARNING,
                    EventReason.METALLB_PRESENT,
                    "MetalLB runs in this cluster (Pod " + running.iterator().next()
                            + "), so Services without a load balancer class are left to it, and its pools and peers"
                            + " are not brought into force. Scale it down to have Clarion take all over as it is, or"
                            + " start the controller with --ignore-metallb");
        } else if (present && !now) {
            tell(
                    EventType.NORMAL,
                    EventReason.METALLB_GONE,
                    "MetalLB runs no more; Services without a load balancer class are Clarion's now");
        }
        present = now;
        return now;
    }

    private void tell(EventType type, EventReason reason, String message) {
        LOG.atWarn().addKeyValue("reason", reason.word()).log(message);
        events.record(
                new ObjectRef("v1", "Namespace", ObjectKey.ofCluster(namespace), ""), type, reason.word(), message);
    }
}
