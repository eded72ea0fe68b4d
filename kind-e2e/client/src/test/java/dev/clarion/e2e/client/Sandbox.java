package dev.clarion.e2e.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces, {@code client} and {@code server}, joined by a veth pair, and a shell inside that is kept, so that a
 * command takes effect within milliseconds. Everything in it dies with it.
 */
final class Sandbox implements AutoCloseable {
    static final String IPV4 = "192.0.2.1";
    static final String IPV6 = "2001:db8::1";
    private static final String SET_UP = """
            set -e
            mount -t tmpfs none /run
            ip netns add client
            ip netns add server
            ip link add c0 netns client type veth peer name s0 netns server
            ip -n client address add 192.0.2.2/24 dev c0
            ip -n client address add 2001:db8::2/64 dev c0 nodad
            ip -n server address add 192.0.2.1/24 dev s0
            ip -n server address add 2001:db8::1/64 dev s0 nodad
            for ns in client server; do
              ip -n $ns link set lo up
              ip -n $ns link set $([ $ns = client ] && echo c0 || echo s0) up
              ip netns exec $ns nft 'add table inet t; add chain inet t in { type filter hook input priority 0; }'
            done
            set +e
            """;

    private final Process holder;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final long shell;
    private final Process server;
    private final BufferedReader serverOut;
    private final BufferedWriter serverIn;

    Sandbox() throws IOException {
        // Its end closes every pipe into it, so that nothing waits for ever.
        List<String> command = List.of(
                "timeout",
                "--foreground",
                "240",
                "unshare",
                "--net",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "bash",
                "-s");
        holder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = holder.inputReader(UTF_8);
        in = holder.outputWriter(UTF_8);
        assertThat(sh("true")).as("the sandbox needs root").isEmpty();
        shell = holder.children()
                .flatMap(ProcessHandle::children)
                .findFirst()
                .orElseThrow()
                .pid();
        sh(SET_UP);
        server = start(
                "server",
                List.of(
                        "chrt",
                        "-r",
                        "10",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoServer.class.getName(),
                        "8080",
                        "8081"));
        serverOut = server.inputReader(UTF_8);
        serverIn = server.outputWriter(UTF_8);
        assertThat(serverOut.readLine()).isEqualTo("ready");
    }

    /** When something was done, by the clock that the client uses too: not before, and not after. */
    record Edge(long beforeNanos, long afterNanos) {}

    /** Runs a command in the sandbox's shell, which must succeed; returns what it printed. */
    String sh(String command) throws IOException {
        in.write(command + "\necho \"$?=\"\n");
        in.flush();
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); !"0=".equals(line); line = out.readLine()) {
            if (line == null || line.endsWith("=")) {
                throw new IOException("failed (" + line + "): " + command + "\n" + String.join("\n", lines));
            }
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    /** Runs nft in one of the namespaces. */
    Edge nft(String namespace, String rules) throws IOException {
        long before = System.nanoTime();
        sh("nsenter --net=/run/netns/" + namespace + " nft '" + rules + "'");
        return new Edge(before, System.nanoTime());
    }

    /** Packets counted by a named counter of the table {@code t}. */
    int counted(String namespace, String counter) throws IOException {
        String text = sh("nsenter --net=/run/netns/" + namespace + " nft list counter inet t " + counter);
        return Integer.parseInt(text.replaceAll("(?s).*packets (\\d+).*", "$1"));
    }

    /** Tells the echo server; returns how many answers more than one it has sent. */
    int tell(String command) throws IOException {
        serverIn.write(command + "\n");
        serverIn.flush();
        String answer = serverOut.readLine();
        assertThat(answer).startsWith("done ");
        return Integer.parseInt(answer.substring(5));
    }

    /** Starts a command in one of the namespaces. */
    Process start(String namespace, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "nsenter", "--target", Long.toString(shell), "--mount", "--pid", "ip", "netns", "exec", namespace));
        words.addAll(command);
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Override
    public void close() throws IOException {
        holder.children().forEach(ProcessHandle::destroyForcibly);
        try {
            assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
