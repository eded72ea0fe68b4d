package dev.clarion.bgp;

import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Update;

/** Counts for one peer, on the loop. */
final class Counters {
    private long messagesSent;
    private long messagesReceived;
    private long updatesSent;
    private long updatesReceived;
    private long announced;
    private long withdrawn;
    private long faults;
    private long ups;
    private long downs;

    void sent(Message message) {
        messagesSent++;
        if (message instanceof Update) {
            updatesSent++;
        }
    }

    void received(Message message, int faultsInIt) {
        messagesReceived++;
        faults += faultsInIt;
        if (message instanceof Update) {
            updatesReceived++;
        }
    }

    void announced(int prefixes) {
        announced += prefixes;
    }

    void withdrawn(int prefixes) {
        withdrawn += prefixes;
    }

    void up() {
        ups++;
    }

    void down() {
        downs++;
    }

    PeerCounters snapshot() {
        return new PeerCounters(
                messagesSent, messagesReceived, updatesSent, updatesReceived, announced, withdrawn, faults, ups, downs);
    }
}
