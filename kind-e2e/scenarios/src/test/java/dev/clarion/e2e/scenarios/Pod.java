package dev.clarion.e2e.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Pod of Clarion, and its process as this machine's kernel sees it. */
record Pod(String name, String node, String ip, boolean ready, int restarts, String container) {
    static Pod of(JsonNode object) {
        JsonNode status = object.path("status");
        boolean leaving = object.path("metadata").has("deletionTimestamp");
        boolean ready = false;
        for (JsonNode condition : status.path("conditions")) {
            ready |= "Ready".equals(condition.path("type").asText())
                    && "True".equals(condition.path("status").asText());
        }
        JsonNode container = status.path("containerStatuses").path(0);
        return new Pod(
                object.path("metadata").path("name").asText(),
                object.path("spec").path("nodeName").asText(),
                status.path("podIP").asText(),
                ready && !leaving,
                container.path("restartCount").asInt(),
                container.path("containerID").asText().replaceFirst(".*://", ""));
    }

    /** Its Java process, by this machine's process id; found by the container's cgroup. */
    ProcessHandle process() {
        return ProcessHandle.allProcesses()
                .filter(this::isOurs)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Java process of Pod " + name + " on " + node));
    }

    private boolean isOurs(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            String cgroup = Files.readString(proc.resolve("cgroup"));
            return !container.isEmpty()
                    && cgroup.contains(container)
                    && Files.readString(proc.resolve("comm")).startsWith("java");
        } catch (IOException ended) {
            return false;
        }
    }

    /** Sends its process a signal: {@code KILL}, {@code STOP}, {@code CONT}. */
    void signal(String signal) {
        Ran.run(
                        Path.of("."),
                        Duration.ofSeconds(10),
                        "",
                        List.of("kill", "-" + signal, Long.toString(process().pid())))
                .ok();
    }

    /** A line of /proc/PID/status, without its name. */
    String status(String field) {
        for (String line : proc("status")) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1).strip();
            }
        }
        throw new AssertionError("/proc/PID/status has no " + field);
    }

    /** Its resident memory in MB. */
    int residentMegabytes() {
        Matcher number = Pattern.compile("\\d+").matcher(status("VmRSS"));
        if (!number.find()) {
            throw new AssertionError("VmRSS without a number");
        }
        return Integer.parseInt(number.group()) / 1024;
    }

    /** The options of the mount at a path in its mount namespace. */
    Optional<String> mountOptions(String path) {
        return proc("mountinfo").stream()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields[4].equals(path))
                .map(fields -> fields[5])
                .findFirst();
    }

    private List<String> proc(String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process().pid()), file));
        } catch (IOException e) {
            throw new AssertionError(name + " ended while it was looked at", e);
        }
    }
}
