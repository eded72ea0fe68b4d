package dev.clarion.speaker;

import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SegmentAddress;
import dev.clarion.arpndp.L2Intent;
import dev.clarion.arpndp.ProbeResult;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A segment that is made up: who would answer for what on it, and whose kernels are there. Safe for several threads. */
final class Lan implements AutoCloseable {
    static final String INTERFACE = "lan";

    private final ExecutorService wire = Executors.newSingleThreadExecutor();
    private final Map<Ip, Mac> foreign = new HashMap<>();
    private final TreeMap<String, Port> ports = new TreeMap<>();
    private final Ip network;

    /** @param network an address of 127/8 that ends with .0: addresses of loopback need no privilege */
    Lan(String network) {
        this.network = Ip.parse(network);
    }

    /** One node's way to the segment. */
    final class Port implements SegmentPort {
        final Mac mac;
        final Ip address;
        private boolean kernel = true;
        private L2Intent intent = L2Intent.NOTHING;
        private long until;
        private int announcedAgain;
        private final Set<Ip> toldHosts = new TreeSet<>();
        private int defended;
        private FrameNews.@Nullable Reader reader;

        Port(int number) {
            mac = Mac.of(0x02_00_00_00_00_00L + number);
            address = Ip.ofV4(network.toV4Bits() + number);
        }

        List<Segment> segments() {
            return List.of(new Segment(
                    INTERFACE, mac, true, Segment.Gateway.UNKNOWN, List.of(new SegmentAddress(address, 24))));
        }

        /** The speaker runs, or (null) does not. */
        void readBy(FrameNews.@Nullable Reader next) {
            synchronized (Lan.this) {
                reader = next;
                intent = L2Intent.NOTHING;
            }
        }

        /** The whole node is there, or dead. */
        void kernel(boolean up) {
            synchronized (Lan.this) {
                kernel = up;
            }
        }

        private void tell(Consumer<FrameNews.Reader> news) {
            FrameNews.Reader now;
            synchronized (Lan.this) {
                now = reader;
            }
            if (now != null) {
                wire.execute(() -> news.accept(now));
            }
        }

        int announcedAgain() {
            synchronized (Lan.this) {
                return announcedAgain;
            }
        }

        int defended() {
            synchronized (Lan.this) {
                return defended;
            }
        }

        /** A host that is no member speaks as the owner of an address. */
        void conflict(Ip with, Mac by) {
            tell(news -> news.conflict(INTERFACE, with, by));
        }

        @Override
        public void apply(L2Intent next) {
            synchronized (Lan.this) {
                intent = next;
            }
        }

        @Override
        public void answerUntil(long nanoTime) {
            synchronized (Lan.this) {
                until = nanoTime;
            }
        }

        @Override
        public void announceAgain(Set<Ip> addresses) {
            synchronized (Lan.this) {
                announcedAgain++;
            }
        }

        @Override
        public void tell(String interfaceName, Ip owned, Ip host) {
            synchronized (Lan.this) {
                toldHosts.add(host);
            }
        }

        /** A host still asks this node for an address that another one has. */
        void straggler(Ip moved, Ip host) {
            tell(news -> news.straggler(moved, host));
        }

        /** Hosts that were told directly. */
        Set<Ip> toldHosts() {
            synchronized (Lan.this) {
                return Set.copyOf(toldHosts);
            }
        }

        @Override
        public boolean probe(String interfaceName, Ip probed) {
            Mac by;
            synchronized (Lan.this) {
                by = foreign.get(probed);
            }
            ProbeResult result = by == null ? new ProbeResult.Free() : new ProbeResult.Foreign(by);
            tell(news -> news.probed(interfaceName, probed, result));
            return true;
        }

        @Override
        public boolean probeKernel(String interfaceName, Ip target) {
            synchronized (Lan.this) {
                long now = System.nanoTime();
                for (Port port : kernel ? ports.values() : List.<Port>of()) {
                    boolean owns = port != this
                            && port.reader != null
                            && now - port.until < 0
                            && port.intent.owned().values().stream().anyMatch(owned -> owned.contains(target));
                    if (port.kernel && (port.address.equals(target) || owns)) {
                        tell(news -> news.kernelAnswered(interfaceName, target, port.mac));
                    }
                }
            }
            return true;
        }

        @Override
        public void defend(String interfaceName, Ip with) {
            synchronized (Lan.this) {
                defended++;
            }
        }

        @Override
        public Set<Ip> gateways(String interfaceName) {
            return Set.of();
        }
    }

    synchronized Port port(String node, int number) {
        Port port = new Port(number);
        ports.put(node, port);
        return port;
    }

    /** A host that is no member has the address, or (null) has it no more. */
    synchronized void foreign(Ip address, @Nullable Mac mac) {
        if (mac == null) {
            foreign.remove(address);
        } else {
            foreign.put(address, mac);
        }
    }

    /** The hardware addresses that a question for this address would be answered with now. */
    synchronized Set<Mac> answers(Ip address) {
        Set<Mac> macs = new TreeSet<>();
        long now = System.nanoTime();
        for (Port port : ports.values()) {
            if (port.kernel && port.reader != null && now - port.until < 0) {
                port.intent.owned().values().stream()
                        .filter(owned -> owned.contains(address))
                        .forEach(owned -> macs.add(port.mac));
                port.intent.caretaken().values().stream()
                        .filter(cared -> cared.containsKey(address))
                        .forEach(cared -> macs.add(cared.get(address)));
            }
        }
        return macs;
    }

    @Override
    public void close() {
        wire.shutdownNow();
    }
}
