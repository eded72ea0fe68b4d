package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.Background;
import dev.clarion.bench.lab.BenchException;
import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Pause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lab's API server by {@code kubectl proxy} on a socket in the file system, so that a request costs next to nothing and begins when it is meant to. */
final class Api implements AutoCloseable {
    private final Path socket;
    private final Background proxy;

    Api(Lab lab, Path directory) throws IOException {
        socket = directory.resolve("api.sock");
        Files.deleteIfExists(socket);
        List<String> words = lab.words("kubectl", "proxy", "--unix-socket=" + socket);
        proxy = new Background(lab.root(), directory.resolve("api.log"), words);
        if (!Pause.within(20, () -> Files.exists(socket))) {
            close();
            throw new BenchException("kubectl proxy does not begin; see " + proxy.log());
        }
    }

    String get(String path) {
        return ok("GET", path, "", "");
    }

    void post(String path, String json) {
        ok("POST", path, "application/json", json);
    }

    void patch(String path, String json) {
        ok("PATCH", path, "application/merge-patch+json", json);
    }

    /** Deletes what is there. */
    void delete(String path) {
        Answer answer = ask("DELETE", path, "", "");
        if (answer.code() / 100 != 2 && answer.code() != 404) {
            throw new BenchException("DELETE " + path + ": HTTP " + answer.code() + " " + answer.body());
        }
    }

    /** Whether it was made: false where it was there already. */
    boolean make(String path, String json) {
        Answer answer = ask("POST", path, "application/json", json);
        if (answer.code() / 100 != 2 && answer.code() != 409) {
            throw new BenchException("POST " + path + ": HTTP " + answer.code() + " " + answer.body());
        }
        return answer.code() != 409;
    }

    private String ok(String method, String path, String type, String body) {
        Answer answer = ask(method, path, type, body);
        if (answer.code() / 100 != 2) {
            throw new BenchException(method + " " + path + ": HTTP " + answer.code() + " " + answer.body());
        }
        return answer.body();
    }

    private record Answer(int code, String body) {}

    /** One request by a connection of its own. HTTP/1.0 knows neither chunks nor a second request. */
    private Answer ask(String method, String path, String type, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.0\r\nHost: localhost\r\nContent-Length: " + content.length
                + (type.isEmpty() ? "" : "\r\nContent-Type: " + type) + "\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(content);
            for (ByteBuffer out = ByteBuffer.wrap(all.toByteArray()); out.hasRemaining(); ) {
                channel.write(out);
            }
            all.reset();
            for (ByteBuffer in = ByteBuffer.allocate(1 << 16); channel.read(in) >= 0; in.clear()) {
                all.write(in.array(), 0, in.position());
            }
            String answer = all.toString(StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            if (!answer.startsWith("HTTP/1.") || end < 0) {
                throw new BenchException(method + " " + path + ": no answer of HTTP: " + answer);
            }
            return new Answer(Integer.parseInt(answer.substring(9, 12)), answer.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
