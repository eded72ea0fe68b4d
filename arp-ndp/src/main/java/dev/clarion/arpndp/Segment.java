package dev.clarion.arpndp;

import dev.clarion.arpndp.fsm.Announcement;
import dev.clarion.arpndp.fsm.AnnouncementSchedule;
import dev.clarion.arpndp.fsm.Answer;
import dev.clarion.arpndp.fsm.Event;
import dev.clarion.arpndp.fsm.Limits;
import dev.clarion.arpndp.fsm.Moment;
import dev.clarion.arpndp.fsm.Responder;
import dev.clarion.arpndp.fsm.Step;
import dev.clarion.arpndp.wire.Decoded;
import dev.clarion.arpndp.wire.Frames;
import dev.clarion.arpndp.wire.SolicitedNode;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Mac;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interface: what is owned on it, and what is sent there. Every frame is decided on and sent under one lock, and
 * ownership changes under the same lock, so when {@link #own} returns nothing more is sent for a released address.
 */
final class Segment implements FrameChannel.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

    private final String name;
    private final LinkCache links;
    private final Limits limits;
    private final LongSupplier sinceAlive;
    private final SafeListener listener;
    private final Runnable turn;
    private final Drops drops = new Drops();
    private final Object lock = new Object();

    private final Map<Ip, Claim> claims = new TreeMap<>();
    private AnnouncementSchedule schedule;
    private Optional<Opened> opened = Optional.empty();
    private boolean newlyOpened;
    private InterfaceState state = InterfaceState.ABSENT;
    private String detail = "";
    private Optional<String> membershipProblem = Optional.empty();

    private record Opened(FrameChannel channel, int index) {}

    Segment(
            String name,
            LinkCache links,
            Settings settings,
            LongSupplier sinceAlive,
            L2Listener listener,
            Runnable turn) {
        this.name = name;
        this.links = links;
        this.limits =
                new Limits(settings.fence().toNanos(), settings.maxFrameAge().toNanos());
        this.sinceAlive = sinceAlive;
        this.listener = new SafeListener(listener);
        this.turn = turn;
        this.schedule = AnnouncementSchedule.start(settings.announcementsPerSecond(), System.nanoTime());
    }

    /** Changes what is owned: at once, also for frames that are being handled by other threads. */
    void own(Set<Ip> addresses) {
        synchronized (lock) {
            Set<Ip> released = new HashSet<>(claims.keySet());
            released.removeAll(addresses);
            released.forEach(claims::remove);
            addresses.forEach(address -> claims.computeIfAbsent(address, Claim::new));
            schedule = schedule.on(new Event.Released(released)).next();
            schedule =
                    schedule.on(new Event.Claimed(addresses, System.nanoTime())).next();
        }
    }

    /** The groups on which solicitations for the owned addresses arrive. */
    Set<Ip> solicitedNodeGroups() {
        synchronized (lock) {
            return claims.keySet().stream()
                    .filter(address -> address.family() == IpFamily.IPV6)
                    .map(SolicitedNode::groupOf)
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void received(byte[] frame, long ageNanos) {
        try {
            Decoded decoded = Frames.decode(frame);
            Optional<Mac> egress = links.find().map(L2Interface::mac);
            synchronized (lock) {
                Moment moment = new Moment(sinceAlive.getAsLong(), ageNanos);
                switch (Responder.answer(decoded, claims.keySet(), egress, moment, limits)) {
                    case Answer.Drop drop -> dropped(DropReason.of(drop.reason()));
                    case Answer.Reply reply -> answer(reply);
                }
            }
        } catch (RuntimeException e) {
            // This runs inside libpcap's loop, which an exception would end.
            LOG.warn("interface={} a received frame was not handled", name, e);
            dropped(DropReason.INTERNAL_ERROR);
        }
    }

    private void answer(Answer.Reply reply) {
        if (send(reply.frame().encode())) {
            Optional.ofNullable(claims.get(reply.address())).ifPresent(Claim::answered);
            listener.answered(name, reply.address(), reply.requester());
        }
    }

    /**
     * Sends the announcements that are due.
     *
     * @param linkChanged whether the link came up or got another address: then everything is announced anew
     * @return after how many ns there is more to do; empty if nothing waits
     */
    OptionalLong announce(boolean linkChanged) {
        Optional<L2Interface> link = links.find().filter(L2Interface::up);
        synchronized (lock) {
            if (linkChanged || newlyOpened) {
                schedule = schedule.on(new Event.LinkChanged(System.nanoTime())).next();
                newlyOpened = false;
            }
            if (link.isEmpty() || opened.isEmpty()) {
                // Opening, and the link's coming back, are turns of their own.
                return OptionalLong.empty();
            }
            if (schedule.isIdle()) {
                return OptionalLong.empty();
            }
            if (!limits.alive(new Moment(sinceAlive.getAsLong(), 0))) {
                return OptionalLong.of(NeighbourAnnouncer.FENCED_RETRY_NANOS);
            }
            Step step = schedule.on(new Event.Tick(System.nanoTime()));
            schedule = step.next();
            step.send()
                    .forEach(announcement -> announce(announcement, link.get().mac()));
            return step.wakeAfterNanos();
        }
    }

    private void announce(Announcement announcement, Mac egress) {
        if (send(announcement.frame(egress).encode())) {
            Optional.ofNullable(claims.get(announcement.address())).ifPresent(Claim::announced);
            listener.announced(name, announcement.address());
        }
    }

    private boolean send(byte[] frame) {
        if (opened.isEmpty()) {
            dropped(DropReason.SEND_FAILED);
            return false;
        }
        try {
            opened.get().channel().send(frame);
            return true;
        } catch (IOException e) {
            LOG.debug("interface={} {}", name, e.getMessage());
            dropped(DropReason.SEND_FAILED);
            return false;
        }
    }

    private void dropped(DropReason reason) {
        drops.count(reason);
        listener.dropped(name, reason);
    }

    /** Ends receiving, if it goes on with another interface than the one of that index; empty for any. */
    void stopUnless(OptionalLong index) {
        synchronized (lock) {
            opened.filter(open -> index.isEmpty() || open.index() != index.getAsLong())
                    .ifPresent(open -> open.channel().stop());
        }
    }

    void opened(FrameChannel channel, int index) {
        synchronized (lock) {
            opened = Optional.of(new Opened(channel, index));
            newlyOpened = true;
        }
        become(InterfaceState.OPEN, "");
        turn.run();
    }

    void closed() {
        synchronized (lock) {
            opened = Optional.empty();
        }
    }

    void absent() {
        become(InterfaceState.ABSENT, "");
    }

    void failed(String why) {
        become(InterfaceState.FAILED, why);
    }

    void retired() {
        become(InterfaceState.CLOSED, "");
    }

    private void become(InterfaceState next, String why) {
        synchronized (lock) {
            if (state == next && detail.equals(why)) {
                return;
            }
            state = next;
            detail = why;
        }
        LOG.info("interface={} state={}{}", name, next, why.isEmpty() ? "" : " problem=\"" + why + "\"");
        listener.stateChanged(name, next, why);
    }

    void membership(Optional<String> problem) {
        InterfaceState now;
        synchronized (lock) {
            if (membershipProblem.equals(problem)) {
                return;
            }
            membershipProblem = problem;
            now = state;
        }
        problem.ifPresent(why -> LOG.warn("interface={} problem=\"{}\"", name, why));
        listener.stateChanged(name, now, problem.orElse(""));
    }

    List<L2Status> status() {
        synchronized (lock) {
            return claims.values().stream().map(claim -> claim.status(name)).toList();
        }
    }

    InterfaceStatus interfaceStatus() {
        synchronized (lock) {
            Optional<String> problem = detail.isEmpty() ? membershipProblem : Optional.of(detail);
            return new InterfaceStatus(name, state, problem, drops.snapshot());
        }
    }
}
