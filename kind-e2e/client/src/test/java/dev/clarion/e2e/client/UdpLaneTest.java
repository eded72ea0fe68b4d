package dev.clarion.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Sample;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class UdpLaneTest {
    /** An address of the loopback that nothing else uses, so that the port stays free while it is closed. */
    private static final InetAddress HERE = InetAddress.ofLiteral("127.83.77.1");

    @Test
    void an_error_of_the_request_before_does_not_keep_the_next_from_being_sent() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, HERE)) {
            port = free.getLocalPort();
        }
        Responders responders = new Responders();
        Ledger ledger = new Ledger(new Schedule(1, 5_000_000, 10), responders);
        try (Selector selector = Selector.open();
                UdpLane lane = new UdpLane(new InetSocketAddress(HERE, port), selector, ledger, responders)) {
            lane.send(0);
            try (DatagramSocket server = new DatagramSocket(port, HERE)) {
                server.setSoTimeout(5000);
                lane.send(1);
                DatagramPacket packet = new DatagramPacket(new byte[64], 64);
                server.receive(packet);
                assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
                        .isEqualTo("1");
            }
        }
        assertThat(ledger.samples()).extracting(Sample::outcome).containsExactly(Outcome.REFUSED, Outcome.LOST);
    }
}
