package dev.clarion.e2e.client.analysis;

/**
 * Who answered, as the echo server names itself.
 *
 * @param node the node its Pod runs on, which need not be the node that announces the address
 * @param pod the Pod
 */
public record Responder(String node, String pod) {
    @Override
    public String toString() {
        return node + "/" + pod;
    }
}
