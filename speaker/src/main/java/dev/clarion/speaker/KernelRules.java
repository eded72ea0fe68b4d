package dev.clarion.speaker;

import dev.clarion.linux.Capabilities;
import dev.clarion.linux.LinuxException;
import dev.clarion.linux.flows.ServiceRules;
import dev.clarion.net.Ip;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of Services that this node's kernel has rules for, as far as they can be read. */
final class KernelRules implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelRules.class);

    private volatile Optional<Set<Ip>> now = Optional.empty();
    private @Nullable ServiceRules rules;

    /**
     * Begins to look, if this program may.
     *
     * @param changed run when they are others than before
     */
    static KernelRules start(Runnable changed) {
        KernelRules started = new KernelRules();
        if (!Capabilities.hasNetAdmin()) {
            LOG.info("the kernel's rules for Services cannot be read without NET_ADMIN: an address that is new to this"
                    + " node is announced by BGP after a second");
            return started;
        }
        try {
            started.rules = new ServiceRules(now -> {
                LOG.atDebug()
                        .addKeyValue("addresses", now.map(Set::size).orElse(-1))
                        .log("rules for Services changed");
                started.now = now;
                changed.run();
            });
        } catch (LinuxException refused) {
            LOG.warn("the kernel's rules for Services cannot be read: {}", refused.getMessage());
        }
        return started;
    }

    /** Those that there are now; empty if that cannot be told. */
    Optional<Set<Ip>> now() {
        return now;
    }

    @Override
    public void close() {
        ServiceRules started = rules;
        if (started != null) {
            started.close();
        }
    }
}
