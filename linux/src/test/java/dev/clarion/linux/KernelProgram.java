package dev.clarion.linux;

import dev.clarion.net.Ip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * This module's classes in a namespace of the test's, ordered about line by line: {@code links}, {@code changes} (how
 * often the monitor told), {@code join INDEX GROUP}, {@code leave INDEX GROUP}. Each answer ends with "ok".
 */
final class KernelProgram {

    private KernelProgram() {}

    @SuppressWarnings("try") // The monitor is not called, it calls.
    public static void main(String[] arguments) throws IOException {
        AtomicLong changes = new AtomicLong();
        try (LinkMonitor monitor = new LinkMonitor(changes::incrementAndGet);
                NodeMulticast multicast = new NodeMulticast()) {
            System.out.println("ok");
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                String[] words = line.split(" ", 3);
                try {
                    switch (words[0]) {
                        case "links" -> Links.snapshot().forEach(System.out::println);
                        case "changes" -> System.out.println(changes);
                        case "join" -> multicast.join(Integer.parseInt(words[1]), Ip.parse(words[2]));
                        case "leave" -> multicast.leave(Integer.parseInt(words[1]), Ip.parse(words[2]));
                        default -> throw new IllegalArgumentException(line);
                    }
                } catch (LinuxException e) {
                    System.out.println(e.getMessage());
                }
                System.out.println("ok");
            }
        }
        System.out.println("closed");
        System.out.println("ok");
    }
}
