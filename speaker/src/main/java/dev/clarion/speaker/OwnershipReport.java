package dev.clarion.speaker;

import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.ownership.Answers;
import dev.clarion.announcement.ownership.Ownership;
import dev.clarion.linux.KernelFinding;
import dev.clarion.speaker.flows.FlowKeeper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What there is to say of ownership by heartbeats, as trees. */
final class OwnershipReport {
    private final OwnershipSide ownership;
    private final Supplier<Optional<String>> memoryProblem;
    private final Supplier<List<KernelFinding>> kernel;
    private final FlowKeeper flows;

    OwnershipReport(
            OwnershipSide ownership,
            Supplier<Optional<String>> memoryProblem,
            Supplier<List<KernelFinding>> kernel,
            FlowKeeper flows) {
        this.ownership = ownership;
        this.memoryProblem = memoryProblem;
        this.kernel = kernel;
        this.flows = flows;
    }

    /** What is wrong, in words. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        ownership.running().ifPresent(loop -> {
            problems.addAll(loop.problems());
            loop.state()
                    .foreign()
                    .forEach((address, foreign) -> problems.add(address + " is in quarantine: the host " + foreign.mac()
                            + " on " + foreign.interfaceName() + " has it"));
        });
        memoryProblem.get().ifPresent(problems::add);
        kernel.get().forEach(finding -> problems.add(finding.text()));
        return problems;
    }

    /** The addresses that foreign hosts have; empty if there are none. */
    Optional<Map<String, Object>> foreign() {
        TreeMap<String, Object> all = new TreeMap<>();
        ownership
                .running()
                .ifPresent(loop -> loop.state()
                        .foreign()
                        .forEach((address, foreign) ->
                                all.put(address.toString(), foreign.mac().toString())));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    Map<String, Object> state() {
        Map<String, Object> tree = new LinkedHashMap<>();
        Optional<OwnershipLoop> running = ownership.running();
        tree.put("by", running.isPresent() ? "heartbeats" : "leases");
        running.map(OwnershipLoop::state).ifPresent(state -> {
            Ownership core = state.core();
            tree.put("state", core.state().name());
            tree.put("joined", state.joined());
            tree.put("monitors", core.monitors());
            SortedMap<String, String> nodes = new TreeMap<>();
            core.speakers()
                    .keySet()
                    .forEach(node -> nodes.put(node, core.condition(node).name()));
            core.snapshot(false)
                    .segments()
                    .keySet()
                    .forEach(node -> nodes.put(node, core.condition(node).name()));
            tree.put("nodes", nodes);
            tree.put(
                    "records",
                    core.records().values().stream()
                            .map(OwnershipReport::record)
                            .toList());
            answers(core.answers(), tree);
        });
        Map<String, Object> connections = new LinkedHashMap<>();
        connections.put("kept", flows.obstacle().isEmpty());
        flows.obstacle().ifPresent(why -> connections.put("why", why));
        connections.put("relayed", flows.relayed());
        tree.put("flows", connections);
        return tree;
    }

    private static Map<String, Object> record(OwnershipRecord record) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("address", record.address());
        tree.put("owner", record.owner());
        tree.put("epoch", record.epoch());
        tree.put("released", record.released());
        return tree;
    }

    private static void answers(Answers answers, Map<String, Object> tree) {
        Map<String, Object> inName = new TreeMap<>();
        answers.inName()
                .values()
                .forEach(on -> on.forEach((address, mac) -> inName.put(address.toString(), mac.toString())));
        tree.put("answersInName", inName);
        Map<String, Object> lingering = new TreeMap<>();
        answers.lingering().forEach((address, to) -> lingering.put(address.toString(), to));
        tree.put("lingering", lingering);
    }
}
