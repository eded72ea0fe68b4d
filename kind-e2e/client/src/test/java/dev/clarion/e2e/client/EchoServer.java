package dev.clarion.e2e.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The other end for the tests: speaks the echo protocol, and misbehaves on command. Commands come as lines on standard input, each
 * is acknowledged by a line that says how many answers more than one for each datagram it has sent.
 */
final class EchoServer {
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile String name = " n1 pod-1";
    private final AtomicInteger extra = new AtomicInteger();
    private volatile int copies = 1;

    private EchoServer() {}

    /** Arguments: UDP port, TCP port. */
    public static void main(String[] args) throws IOException {
        EchoServer server = new EchoServer();
        DatagramSocket udp = new DatagramSocket(Integer.parseInt(args[0]));
        ServerSocket tcp = new ServerSocket();
        tcp.bind(new InetSocketAddress(Integer.parseInt(args[1])), 1024);
        Thread.ofPlatform().daemon().start(() -> server.datagrams(udp));
        Thread.ofPlatform().daemon().start(() -> server.accept(tcp));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            server.command(line);
            System.out.println("done " + server.extra.get());
        }
    }

    private void command(String line) throws IOException {
        if (line.startsWith("name ")) {
            name = line.substring(4);
        } else if (line.startsWith("copies ")) {
            copies = Integer.parseInt(line.substring(7));
        } else if (line.equals("reset") || line.equals("close")) {
            for (Socket socket : connections) {
                socket.setSoLinger(line.equals("reset"), 0);
                socket.close();
            }
        } else {
            throw new IllegalArgumentException(line);
        }
    }

    private void datagrams(DatagramSocket socket) {
        byte[] buffer = new byte[2048];
        while (true) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] suffix = name.getBytes(StandardCharsets.US_ASCII);
                byte[] answer = Arrays.copyOf(buffer, packet.getLength() + suffix.length);
                System.arraycopy(suffix, 0, answer, packet.getLength(), suffix.length);
                int count = copies;
                for (int i = 0; i < count; i++) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
                extra.addAndGet(count - 1);
            } catch (IOException e) {
                System.err.println("udp: " + e);
            }
        }
    }

    private void accept(ServerSocket server) {
        while (true) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                Thread.ofVirtual().start(() -> lines(socket));
            } catch (IOException e) {
                System.err.println("accept: " + e);
            }
        }
    }

    private void lines(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] line = new byte[64];
            int length = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line[length++] = (byte) b;
                    continue;
                }
                String answer = new String(line, 0, length, StandardCharsets.US_ASCII) + name + "\n";
                out.write(answer.getBytes(StandardCharsets.US_ASCII));
                length = 0;
            }
        } catch (IOException e) {
            // The client resets its connections: that is how each of them ends.
        } finally {
            connections.remove(socket);
        }
    }
}
