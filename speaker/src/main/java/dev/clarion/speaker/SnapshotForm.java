package dev.clarion.speaker;

import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SegmentAddress;
import dev.clarion.announcement.ownership.Snapshot;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is {@link Kept} of ownership as a tree, and back. */
final class SnapshotForm {
    private SnapshotForm() {}

    static Map<String, Object> write(Kept kept) {
        Snapshot snapshot = kept.snapshot();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("clean", snapshot.clean());
        List<Object> records = new ArrayList<>();
        for (OwnershipRecord record : snapshot.records()) {
            Map<String, Object> leaf = new LinkedHashMap<>();
            leaf.put("address", record.address());
            leaf.put("owner", record.owner());
            leaf.put("epoch", record.epoch());
            leaf.put("since", record.sinceMillis());
            leaf.put("released", record.released());
            records.add(leaf);
        }
        tree.put("records", records);
        List<Object> nodes = new ArrayList<>();
        snapshot.segments().forEach((node, segments) -> {
            Map<String, Object> leaf = new LinkedHashMap<>();
            leaf.put("node", node);
            leaf.put("segments", segments.stream().map(SnapshotForm::segment).toList());
            nodes.add(leaf);
        });
        tree.put("nodes", nodes);
        List<Object> foreign = new ArrayList<>();
        kept.foreign().forEach((address, host) -> {
            Map<String, Object> leaf = new LinkedHashMap<>();
            leaf.put("address", address);
            leaf.put("interface", host.interfaceName());
            leaf.put("mac", host.mac());
            foreign.add(leaf);
        });
        tree.put("foreign", foreign);
        return tree;
    }

    private static Map<String, Object> segment(Segment segment) {
        Map<String, Object> leaf = new LinkedHashMap<>();
        leaf.put("name", segment.name());
        leaf.put("mac", segment.mac());
        leaf.put("usable", segment.usable());
        leaf.put(
                "addresses",
                segment.addresses().stream()
                        .map(on -> on.address() + "/" + on.length())
                        .toList());
        return leaf;
    }

    /** Throws IllegalArgumentException if the tree is not one that was written here. */
    static Kept read(Leaf tree) {
        List<OwnershipRecord> records = tree.leaves("records").stream()
                .map(leaf -> new OwnershipRecord(
                        leaf.ip("address"),
                        leaf.text("owner"),
                        leaf.number("epoch"),
                        leaf.number("since"),
                        leaf.flag("released")))
                .toList();
        Map<String, List<Segment>> segments = new LinkedHashMap<>();
        tree.leaves("nodes")
                .forEach(leaf -> segments.put(
                        leaf.text("node"),
                        leaf.leaves("segments").stream()
                                .map(SnapshotForm::segment)
                                .toList()));
        TreeMap<Ip, FirstUse.Foreign> foreign = new TreeMap<>();
        tree.leaves("foreign")
                .forEach(leaf -> foreign.put(
                        leaf.ip("address"),
                        new FirstUse.Foreign(leaf.text("interface"), Mac.parse(leaf.text("mac")), 0)));
        return new Kept(new Snapshot(records, segments, tree.flag("clean")), foreign);
    }

    private static Segment segment(Leaf leaf) {
        return new Segment(
                leaf.text("name"),
                Mac.parse(leaf.text("mac")),
                leaf.flag("usable"),
                Segment.Gateway.UNKNOWN,
                leaf.texts("addresses").stream().map(SegmentAddress::parse).toList());
    }
}
