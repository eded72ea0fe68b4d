package dev.clarion.architecture.breach.bgp.fsm;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breach: a state machine that logs. */
public final class LogsFromTheStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(LogsFromTheStateMachine.class);

    public void step() {
        LOG.info("stepped");
    }
}
