package dev.clarion.linux.flows;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Both ends of the connections of {@link FlowIT}: {@code serve PORT} gives back what it is sent; {@code open NAME ADDRESS
 * PORT} makes a connection, {@code say NAME BYTES} sends so many bytes and tells what became of them: "echo", "reset" or
 * "silence"; {@code close NAME}. Each answer ends with "ok".
 */
final class PeerProgram {
    private static final int PATIENCE_MILLIS = 10_000;

    private static final Map<String, Socket> CONNECTIONS = new HashMap<>();

    private PeerProgram() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("ok");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(obey(List.of(line.split(" ", -1))));
            System.out.println("ok");
        }
        System.exit(0);
    }

    private static String obey(List<String> words) {
        try {
            return switch (words.getFirst()) {
                case "serve" -> {
                    ServerSocket server = new ServerSocket(Integer.parseInt(words.get(1)));
                    Thread.ofPlatform().daemon().start(() -> serve(server));
                    yield "serving";
                }
                case "open" -> {
                    Socket socket = new Socket();
                    socket.setSoTimeout(PATIENCE_MILLIS);
                    socket.connect(
                            new InetSocketAddress(InetAddress.ofLiteral(words.get(2)), Integer.parseInt(words.get(3))),
                            PATIENCE_MILLIS);
                    CONNECTIONS.put(words.get(1), socket);
                    yield "" + socket.getLocalPort();
                }
                case "say" -> say(connection(words.get(1)), Integer.parseInt(words.get(2)));
                case "close" -> {
                    connection(words.get(1)).close();
                    yield "closed";
                }
                default -> throw new IllegalArgumentException(words.toString());
            };
        } catch (SocketTimeoutException late) {
            return "silence";
        } catch (SocketException broken) {
            // The first of two threads that touch the socket is told of the reset, the other one finds a broken pipe.
            String why = String.valueOf(broken.getMessage());
            return why.contains("reset") || why.contains("Broken pipe") ? "reset" : "failed: " + broken;
        } catch (IOException failed) {
            return "failed: " + failed;
        }
    }

    private static Socket connection(String name) {
        Socket socket = CONNECTIONS.get(name);
        if (socket == null) {
            throw new IllegalArgumentException("no connection " + name);
        }
        return socket;
    }

    private static String say(Socket socket, int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31);
        }
        // What is sent comes back while it is sent: neither end may wait for the other to read.
        AtomicReference<IOException> broken = new AtomicReference<>();
        Thread writer = Thread.ofPlatform().daemon().start(() -> {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(bytes);
                out.flush();
            } catch (IOException failed) {
                broken.set(failed);
            }
        });
        byte[] back = socket.getInputStream().readNBytes(count);
        try {
            writer.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        IOException why = broken.get();
        if (why != null) {
            throw why;
        }
        if (back.length < count) {
            throw new EOFException("ended after " + back.length);
        }
        for (int i = 0; i < count; i++) {
            if (back[i] != bytes[i]) {
                return "something else";
            }
        }
        return "echo";
    }

    private static void serve(ServerSocket server) {
        while (true) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> echo(socket));
            } catch (IOException ended) {
                System.err.println(ended);
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream()) {
            in.transferTo(socket.getOutputStream());
        } catch (IOException ended) {
            System.err.println("a connection ended: " + ended.getMessage());
        }
    }
}
