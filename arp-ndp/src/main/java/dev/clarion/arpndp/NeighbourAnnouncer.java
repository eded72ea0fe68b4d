package dev.clarion.arpndp;

import dev.clarion.arpndp.fsm.Holdings;
import dev.clarion.arpndp.fsm.Inquiry;
import dev.clarion.arpndp.wire.Nonce;
import dev.clarion.net.Ip;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers ARP requests and neighbour solicitations for the addresses this node owns, and announces those that it comes
 * to own, so that the hosts of a segment send to this node (RFC 826, RFC 5227, RFC 4861). The addresses are on no
 * interface of the kernel; what happens to the traffic is another's business. It can stand in for a node that cannot
 * answer, in that node's name; ask kernels whether they live and segments whether an address is free; and it tells of
 * others who use an address that is held here.
 *
 * <p>The owner hands in the whole desired state by {@link #apply} and says by {@link #answerUntil}, or {@link #alive},
 * how long its decisions are good for. If it stops doing so nothing is sent: a process that was frozen must not speak
 * for addresses that others have taken over meanwhile.
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
    private static final long NONCE_BITS = (1L << 48) - 1;

    private final Settings settings;
    private final InterfaceSource source;
    private final MulticastGroups groups;
    private final L2Listener listener;
    private final Runnable inEachThread;
    private final FrameChannel.Opener opener;
    private final Map<String, SegmentControl> segments = new TreeMap<>();
    private final Queue<SegmentControl> retired = new ConcurrentLinkedQueue<>();
    private final Semaphore wake = new Semaphore(0);
    private final Fence fence = new Fence();
    private final SecureRandom random = new SecureRandom();
    private final Thread control;
    private volatile boolean closed;

    /**
     * Starts, with nothing owned.
     *
     * @param settings the limits
     * @param source where interfaces are looked up
     * @param groups how solicited-node groups are joined
     * @param listener told what happens
     */
    public NeighbourAnnouncer(Settings settings, InterfaceSource source, MulticastGroups groups, L2Listener listener) {
        this(settings, source, groups, listener, () -> {});
    }

    /**
     * Starts, with nothing owned.
     *
     * @param settings the limits
     * @param source where interfaces are looked up
     * @param groups how solicited-node groups are joined
     * @param listener told what happens
     * @param inEachThread called first in each thread of the announcer, to give it another priority; must not throw
     */
    public NeighbourAnnouncer(
            Settings settings,
            InterfaceSource source,
            MulticastGroups groups,
            L2Listener listener,
            Runnable inEachThread) {
        this(settings, source, groups, listener, inEachThread, PcapChannel.opener(settings));
    }

    NeighbourAnnouncer(
            Settings settings,
            InterfaceSource source,
            MulticastGroups groups,
            L2Listener listener,
            Runnable inEachThread,
            FrameChannel.Opener opener) {
        this.settings = settings;
        this.source = source;
        this.groups = groups;
        this.listener = listener;
        this.inEachThread = inEachThread;
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
            Set<String> wanted = intent.interfaces();
            for (String name : List.copyOf(segments.keySet())) {
                if (!wanted.contains(name)) {
                    SegmentControl gone = segments.remove(name);
                    if (gone != null) {
                        gone.close();
                        retired.add(gone);
                    }
                }
            }
            wanted.forEach(name -> segments.computeIfAbsent(name, this::begin)
                    .segment()
                    .hold(holdings(intent, name), watched(intent, name)));
        }
        wake.release();
    }

    private static Holdings holdings(L2Intent intent, String name) {
        return new Holdings(
                intent.owned().getOrDefault(name, Set.of()), intent.caretaken().getOrDefault(name, Map.of()));
    }

    private static Set<Ip> watched(L2Intent intent, String name) {
        return intent.watched().getOrDefault(name, Set.of());
    }

    private SegmentControl begin(String name) {
        LinkCache links = new LinkCache(name, source);
        Segment segment = new Segment(name, links, settings, fence, listener, wake::release);
        Receiving receiving = new Receiving(name, links, opener, segment, inEachThread);
        SegmentControl made = new SegmentControl(name, segment, links, receiving, groups);
        made.start();
        return made;
    }

    /**
     * The owner's loop is alive, and what it applied last is what it wants now: as {@link #answerUntil} with a deadline
     * that lies as far ahead as the settings say. Cheap; call it at each turn.
     */
    public void alive() {
        answerUntil(System.nanoTime() + settings.fence().toNanos());
    }

    /**
     * Sets the deadline after which nothing more is answered or announced, until another one is set. Cheap; call it at
     * each turn. A deadline that has passed stops everything at once, in all threads, but for a frame that is being sent.
     * Questions of {@link #probe} and {@link #probeKernel} are put all the same: they speak for nobody.
     *
     * @param nanoTime a point of time of {@link System#nanoTime}, later or earlier than the last one
     */
    public void answerUntil(long nanoTime) {
        fence.until(nanoTime);
    }

    /**
     * Announces addresses again on each interface where they are owned, as after a claim: when another node may have
     * been heard later than this one, or after the machine stood still. Others are left out.
     *
     * @param addresses which
     */
    public void announceAgain(Set<Ip> addresses) {
        controls().forEach(segment -> segment.segment().announceAgain(addresses));
        wake.release();
    }

    /**
     * Announces again everything that is owned on one interface: when the network behind it changed although the link
     * did not (a bond that failed over, a machine that was migrated).
     *
     * @param interfaceName which; nothing happens if it is not part of the intent
     */
    public void announceAgain(String interfaceName) {
        on(interfaceName, Segment::announceAgain);
    }

    /**
     * Tells single hosts of an owned address until they answer: those that are known to use an older entry.
     *
     * @param interfaceName on which interface
     * @param address the address; nothing happens if it is not owned there
     * @param neighbours whom; of those beyond the budget of the settings nothing is told
     */
    public void direct(String interfaceName, Ip address, Set<Ip> neighbours) {
        on(interfaceName, segment -> segment.direct(address, neighbours));
    }

    /**
     * Insists on an owned address that another host uses: announces it once, unless it did within the last 10 s (RFC
     * 5227 section 2.4).
     *
     * @param interfaceName on which interface
     * @param address the address; nothing happens if it is not owned there
     */
    public void defend(String interfaceName, Ip address) {
        on(interfaceName, segment -> segment.defend(address));
    }

    /**
     * Asks the segment whether anybody has an address, before it is used for the first time (RFC 5227 section 2.1, RFC
     * 4862 section 5.4, RFC 7527). Half a second later at most the listener is told. Not meant for addresses that
     * another node of the cluster has, which would answer.
     *
     * @param interfaceName on which interface
     * @param address the address
     * @return whether the question is put; false if the interface is not part of the intent, and then nothing is told
     */
    public boolean probe(String interfaceName, Ip address) {
        Nonce nonce = new Nonce(random.nextLong() & NONCE_BITS);
        return on(interfaceName, segment -> segment.ask(Inquiry.firstUse(address, nonce)));
    }

    /**
     * Asks a kernel for its own address by ARP or neighbour solicitation, as one of the interface's own addresses, so
     * that nobody's entries change. The listener is told of the first answer, or at the end that there was none.
     *
     * @param interfaceName on which interface
     * @param target the other node's own address on that segment (or that of any host, such as a gateway)
     * @param count how often it is asked at most, 1 to 100
     * @param spacing from one time to the next, and the time for the answer to the last one; 1 ms to 10 s
     * @return whether the question is put; false if the interface is not part of the intent, and then nothing is told
     */
    public boolean probeKernel(String interfaceName, Ip target, int count, Duration spacing) {
        if (count < 1 || count > 100 || spacing.toMillis() < 1 || spacing.toSeconds() > 10) {
            throw new IllegalArgumentException(
                    "asked 1 to 100 times, 1 ms to 10 s apart, not " + count + ", " + spacing);
        }
        long nanos = spacing.toNanos();
        Inquiry inquiry = new Inquiry(target, Inquiry.Purpose.KERNEL, count, nanos, nanos, new Nonce(0));
        return on(interfaceName, segment -> segment.ask(inquiry));
    }

    private boolean on(String interfaceName, Consumer<Segment> action) {
        Optional<SegmentControl> control;
        synchronized (segments) {
            control = Optional.ofNullable(segments.get(interfaceName));
        }
        control.ifPresent(found -> action.accept(found.segment()));
        wake.release();
        return control.isPresent();
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
        inEachThread.run();
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
