package dev.clarion.bench.failover;

import dev.clarion.bench.lab.Background;
import dev.clarion.bench.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The anchor: keepalived on every node, with its defaults but for the interval, and an echo server on every node. */
final class Keepalived implements AutoCloseable {
    private static final String CONFIGURATION = """
            global_defs { vrrp_version %s
            }
            vrrp_instance four {
              state BACKUP
              interface eth1
              virtual_router_id 51
              priority %d
              advert_int %s
              virtual_ipaddress { 192.168.50.240/24
              }
            }
            vrrp_instance six {
              state BACKUP
              interface eth1
              virtual_router_id 52
              priority %d
              advert_int %s
              virtual_ipaddress { fe80::240/64
                fd50::240/64
              }
            }
            """;

    private final List<Background> programs = new ArrayList<>();

    Keepalived(Lab lab, String interval, Path scratch) throws IOException {
        Path echo = lab.root().resolve("build/bench/echo");
        for (String node : Lab.NODES) {
            int priority = 100 + node.charAt(1);
            Path file = Files.createDirectories(scratch).resolve("keepalived-" + node + ".conf");
            // The second version knows whole seconds only.
            String version = interval.equals("1") ? "2" : "3";
            Files.writeString(file, CONFIGURATION.formatted(version, priority, interval, priority, interval));
            run(lab, scratch, node + "-echo", node, echo.toString(), "192.168.50.100=" + node, "fd50::100=" + node);
            run(
                    lab,
                    scratch,
                    node + "-keepalived",
                    node,
                    "keepalived",
                    "--dont-fork",
                    "--log-console",
                    "--vrrp",
                    "--use-file",
                    file.toString(),
                    "--pid=/run/keepalived.pid",
                    "--vrrp_pid=/run/vrrp.pid");
        }
    }

    private void run(Lab lab, Path scratch, String name, String node, String... command) {
        List<String> words = new ArrayList<>(lab.words("exec", node));
        words.addAll(List.of(command));
        programs.add(new Background(lab.root(), scratch.resolve(name + ".log"), words));
    }

    List<String> addresses() {
        return List.of("192.168.50.240", "fd50::240");
    }

    @Override
    public void close() {
        programs.forEach(Background::close);
    }
}
