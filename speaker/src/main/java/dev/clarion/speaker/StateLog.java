package dev.clarion.speaker;

import dev.clarion.bgp.bfd.BfdListener;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line for what happens to BGP sessions; interfaces are told of by the announcer itself. Warnings that repeat word for word, as those of a router that
 * stays away, are held back by the logging itself.
 */
final class StateLog {
    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);

    private StateLog() {}

    static void sessionChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail) {
        LoggingEventBuilder line;
        if (to == FsmState.ESTABLISHED) {
            line = LOG.atInfo();
        } else if (from == FsmState.ESTABLISHED || failed(reason)) {
            line = LOG.atWarn();
        } else {
            line = LOG.atDebug();
        }
        with(line, detail)
                .addKeyValue("peer", peer)
                .addKeyValue("state", to)
                .addKeyValue("reason", reason)
                .log("BGP session");
    }

    static void routesSent(String peer, int announced, int withdrawn) {
        LOG.atInfo()
                .addKeyValue("peer", peer)
                .addKeyValue("announced", announced)
                .addKeyValue("withdrawn", withdrawn)
                .log("routes sent");
    }

    static void bfdChanged(String peer, BfdListener.Change change) {
        (change.failed() ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("peer", peer)
                .addKeyValue("state", change.to())
                .addKeyValue("reason", change.reason())
                .addKeyValue("diagnostic", change.diagnostic())
                .addKeyValue("peerDiagnostic", change.peerDiagnostic())
                .log("BFD session");
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String detail) {
        return detail.isEmpty() ? line : line.addKeyValue("detail", detail);
    }

    private static boolean failed(BgpReason reason) {
        return switch (reason) {
            case CONNECT_FAILED,
                    NO_INTERFACE,
                    NO_NEIGHBOR,
                    SEVERAL_NEIGHBORS,
                    PASSWORD_REFUSED,
                    SOCKET_REFUSED,
                    BFD_DOWN,
                    CONNECT_TIMED_OUT,
                    CONNECTION_LOST,
                    NOTIFICATION_RECEIVED,
                    PROTOCOL_ERROR,
                    OPEN_REFUSED,
                    UNEXPECTED_MESSAGE,
                    HOLD_TIMER_EXPIRED,
                    SEND_HOLD_TIMER_EXPIRED -> true;
            case STARTED,
                    RETRYING,
                    CONNECTED,
                    OPEN_ACCEPTED,
                    ESTABLISHED,
                    UNCHANGED,
                    COLLISION,
                    PEER_RESTARTED,
                    ADMIN_RESET,
                    SHUT_DOWN,
                    DECONFIGURED,
                    CONFIG_CHANGED,
                    RESTARTING -> false;
        };
    }
}
