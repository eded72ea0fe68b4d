package dev.clarion.arpndp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers ARP requests and neighbour solicitations for the addresses this node owns, and announces those that it comes
 * to own, so that the hosts of a segment send to this node (RFC 826, RFC 5227, RFC 4861). The addresses are on no
 * interface of the kernel; what happens to the traffic is another's business.
 *
 * <p>The owner hands in the whole desired state by {@link #apply} and says by {@link #alive} that its decisions are
 * recent. If it stops doing so nothing is sent: a process that was frozen must not speak for addresses that others
 * have taken over meanwhile.
 *
 * <p>Needs libpcap and the capability CAP_NET_RAW. All methods may be called from any thread and none waits for the
 * network, except {@link #close}. What goes wrong with an interface is in {@link #interfaces} and is told to the
 * listener; the announcer tries again by itself.
 */
public final class NeighbourAnnouncer implements AutoCloseable {

    static final long FENCED_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Logger LOG = LoggerFactory.getLogger(NeighbourAnnouncer.class);

    /** A turn without any event, in case one was lost. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long CLOSE_MILLIS = 5_000;

    private final Settings settings;
    private final InterfaceSource source;
    private final MulticastGroups groups;
    private final L2Listener listener;
    private final FrameChannel.Opener opener;
    private final Map<String, SegmentControl> segments = new TreeMap<>();
    private final Queue<SegmentControl> retired = new ConcurrentLinkedQueue<>();
    private final Semaphore wake = new Semaphore(0);
    private final Thread control;
    private volatile boolean closed;
    private volatile boolean everAlive;
    private volatile long lastAlive;

    /**
     * Starts, with nothing owned.
     *
     * @param settings the limits
     * @param source where interfaces are looked up
     * @param groups how solicited-node groups are joined
     * @param listener told what happens
     */
    public NeighbourAnnouncer(Settings settings, InterfaceSource source, MulticastGroups groups, L2Listener listener) {
        this(settings, source, groups, listener, PcapChannel::open);
    }

    NeighbourAnnouncer(
            Settings settings,
            InterfaceSource source,
            MulticastGroups groups,
            L2Listener listener,
            FrameChannel.Opener opener) {
        this.settings = settings;
        this.source = source;
        this.groups = groups;
        this.listener = listener;
        this.opener = opener;
        this.control = Thread.ofPlatform().name("l2-announce").daemon().unstarted(this::run);
        control.start();
    }

    /**
     * Makes this the whole desired state. When it returns, nothing more is sent for addresses that are no longer owned;
     * new ones are answered as soon as their interface is open, and announced. Applying the same again does nothing.
     *
     * @param intent what is owned, and where
     */
    public void apply(L2Intent intent) {
        synchronized (segments) {
            if (closed) {
                return;
            }
            for (String name : List.copyOf(segments.keySet())) {
                if (!intent.owned().containsKey(name)) {
                    SegmentControl gone = segments.remove(name);
                    if (gone != null) {
                        gone.close();
                        retired.add(gone);
                    }
                }
            }
            intent.owned()
                    .forEach((name, addresses) -> segments.computeIfAbsent(name, this::begin)
                            .segment()
                            .own(addresses));
        }
        wake.release();
    }

    private SegmentControl begin(String name) {
        LinkCache links = new LinkCache(name, source);
        Segment segment = new Segment(name, links, settings, this::sinceAliveNanos, listener, wake::release);
        SegmentControl made =
                new SegmentControl(name, segment, links, new Receiving(name, links, opener, segment), groups);
        made.start();
        return made;
    }

    /** The owner's loop is alive, and what it applied last is what it wants now. Cheap; call it at each turn. */
    public void alive() {
        lastAlive = System.nanoTime();
        everAlive = true;
    }

    private long sinceAliveNanos() {
        return everAlive ? System.nanoTime() - lastAlive : Long.MAX_VALUE;
    }

    /**
     * Something about the node's links changed: they are looked up anew, groups are joined again and addresses
     * announced again where a link came up or got another link-layer address.
     */
    public void linksChanged() {
        controls().forEach(SegmentControl::linksChanged);
        wake.release();
    }

    /** What happened with each owned address, by interface and address. */
    public List<L2Status> status() {
        return controls().stream()
                .flatMap(segment -> segment.segment().status().stream())
                .toList();
    }

    /** What happens on each interface of the intent, by name. */
    public List<InterfaceStatus> interfaces() {
        return controls().stream()
                .map(segment -> segment.segment().interfaceStatus())
                .toList();
    }

    private List<SegmentControl> controls() {
        synchronized (segments) {
            return new ArrayList<>(segments.values());
        }
    }

    private void run() {
        try {
            while (!closed) {
                wake.tryAcquire(turn(), TimeUnit.NANOSECONDS);
                wake.drainPermits();
            }
            retire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long turn() throws InterruptedException {
        retire();
        long next = IDLE_NANOS;
        for (SegmentControl segment : controls()) {
            try {
                OptionalLong more = segment.turn();
                next = Math.min(next, more.orElse(IDLE_NANOS));
            } catch (RuntimeException e) {
                LOG.warn("a turn failed; it is tried again", e);
                next = Math.min(next, TimeUnit.SECONDS.toNanos(1));
            }
        }
        return next;
    }

    private void retire() throws InterruptedException {
        for (SegmentControl gone = retired.poll(); gone != null; gone = retired.poll()) {
            gone.retire();
        }
    }

    /** Stops answering at once, then leaves the groups and closes the interfaces; waits 5 s at most. Says no farewell. */
    @Override
    public void close() {
        apply(L2Intent.NOTHING);
        closed = true;
        wake.release();
        try {
            control.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
