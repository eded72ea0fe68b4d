package dev.clarion.arpndp;

import dev.clarion.arpndp.fsm.Announcement;
import dev.clarion.arpndp.fsm.AnnouncementSchedule;
import dev.clarion.arpndp.fsm.Answer;
import dev.clarion.arpndp.fsm.Conflicts;
import dev.clarion.arpndp.fsm.Event;
import dev.clarion.arpndp.fsm.Holdings;
import dev.clarion.arpndp.fsm.Inquiries;
import dev.clarion.arpndp.fsm.Inquiry;
import dev.clarion.arpndp.fsm.Limits;
import dev.clarion.arpndp.fsm.Moment;
import dev.clarion.arpndp.fsm.Neighbour;
import dev.clarion.arpndp.fsm.Responder;
import dev.clarion.arpndp.fsm.Rules;
import dev.clarion.arpndp.fsm.Sighting;
import dev.clarion.arpndp.fsm.Step;
import dev.clarion.arpndp.wire.Decoded;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.Frames;
import dev.clarion.arpndp.wire.SolicitedNode;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Mac;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interface: what is held on it, and what is sent there. Every frame is decided on and sent under one lock, and what
 * is held changes under the same lock, so when {@link #hold} returns nothing more is sent for a released address.
 */
final class Segment implements FrameChannel.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

    private final String name;
    private final LinkCache links;
    private final Limits limits;
    private final Fence fence;
    private final SafeListener listener;
    private final Runnable wake;
    private final Condition condition;
    private final Drops drops = new Drops();
    private final Object lock = new Object();

    private final Map<Ip, Claim> claims = new TreeMap<>();
    private final Map<Ip, Long> stoodInFor = new HashMap<>();
    private final Conflicts conflicts = new Conflicts();
    private final Neighbours neighbours;
    private Holdings holdings = Holdings.NONE;
    private Set<Ip> watched = Set.of();
    private Set<Ip> groups = Set.of();
    private AnnouncementSchedule schedule;
    private Inquiries inquiries = Inquiries.NONE;
    private Optional<Opened> opened = Optional.empty();
    private boolean newlyOpened;

    private record Opened(FrameChannel channel, int index) {}

    Segment(String name, LinkCache links, Settings settings, Fence fence, L2Listener listener, Runnable wake) {
        this.name = name;
        this.links = links;
        this.limits = new Limits(settings.maxFrameAge().toNanos());
        this.fence = fence;
        this.listener = new SafeListener(listener);
        this.condition = new Condition(name, this.listener);
        this.wake = wake;
        this.neighbours = new Neighbours(settings.directedBudget());
        long now = System.nanoTime();
        this.schedule = AnnouncementSchedule.start(
                new Rules(
                        settings.announcementsPerSecond(),
                        settings.directedBudget(),
                        settings.refresh().toNanos(),
                        now),
                now);
    }

    Condition condition() {
        return condition;
    }

    /** Changes what is held: at once, also for frames that are being handled by other threads. */
    void hold(Holdings next, Set<Ip> nowWatched) {
        synchronized (lock) {
            if (next.equals(holdings) && nowWatched.equals(watched)) {
                return;
            }
            Set<Ip> released = new HashSet<>(claims.keySet());
            released.removeAll(next.owned());
            released.forEach(claims::remove);
            next.owned().forEach(address -> claims.computeIfAbsent(address, Claim::new));
            stoodInFor.keySet().retainAll(next.caretaken().keySet());
            next.caretaken().keySet().forEach(address -> stoodInFor.putIfAbsent(address, 0L));
            holdings = next;
            watched = Set.copyOf(nowWatched);
            groups = groupsOf(
                    Stream.of(next.owned(), next.caretaken().keySet(), watched).flatMap(Set::stream));
            conflicts.keepOnly(next);
            happened(new Event.Released(released));
            happened(new Event.Claimed(next.owned(), System.nanoTime()));
        }
    }

    private static Set<Ip> groupsOf(Stream<Ip> addresses) {
        return addresses
                .filter(address -> address.family() == IpFamily.IPV6)
                .map(SolicitedNode::groupOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void happened(Event event) {
        schedule = schedule.on(event).next();
    }

    /** The groups on which solicitations for what is held, watched and probed for arrive. */
    Set<Ip> solicitedNodeGroups() {
        synchronized (lock) {
            Set<Ip> probed = inquiries.probed();
            return probed.isEmpty()
                    ? groups
                    : Stream.concat(groups.stream(), groupsOf(probed.stream()).stream())
                            .collect(Collectors.toSet());
        }
    }

    void announceAgain(Set<Ip> addresses) {
        synchronized (lock) {
            happened(new Event.Again(addresses, System.nanoTime()));
        }
    }

    void announceAgain() {
        synchronized (lock) {
            happened(new Event.LinkChanged(System.nanoTime()));
        }
    }

    void defend(Ip address) {
        synchronized (lock) {
            happened(new Event.Defend(address, System.nanoTime()));
        }
    }

    void direct(Ip address, Set<Ip> whom) {
        List<Neighbour> to = whom.stream()
                .sorted()
                .map(ip -> new Neighbour(ip, Optional.empty(), Neighbour.Role.ASKER))
                .toList();
        synchronized (lock) {
            happened(new Event.Direct(address, to, System.nanoTime()));
        }
    }

    void ask(Inquiry inquiry) {
        synchronized (lock) {
            inquiries = inquiries.begin(inquiry, System.nanoTime());
        }
    }

    @Override
    public void received(byte[] frame, long ageNanos) {
        try {
            Decoded decoded = Frames.decode(frame);
            Optional<Mac> egress = links.find().map(L2Interface::mac);
            synchronized (lock) {
                Moment moment = new Moment(fence.left(), ageNanos);
                switch (Responder.answer(decoded, holdings, egress, moment, limits)) {
                    case Answer.Drop drop -> dropped(DropReason.of(drop.reason()));
                    case Answer.Reply reply -> answer(reply);
                }
                if (decoded instanceof Frame seen && egress.isPresent()) {
                    Sighting.of(seen, egress.get())
                            .ifPresent(what -> learn(seen, what, egress.get(), limits.fresh(moment)));
                }
            }
        } catch (RuntimeException e) {
            // This runs inside libpcap's loop, which an exception would end.
            LOG.warn("interface={} a received frame was not handled", name, e);
            dropped(DropReason.INTERNAL_ERROR);
        }
    }

    private void answer(Answer.Reply reply) {
        if (!send(reply.frame().encode())) {
            return;
        }
        Ip address = reply.address();
        if (holdings.owned().contains(address)) {
            Optional.ofNullable(claims.get(address)).ifPresent(Claim::answered);
            listener.answered(name, address, reply.requester());
        } else {
            stoodInFor.merge(address, 1L, Long::sum);
            listener.stoodIn(name, address, reply.as(), reply.requester());
        }
    }

    private void learn(Frame frame, Sighting seen, Mac egress, boolean fresh) {
        // Who had an address a moment ago still has an entry, or the address; the rest is only true when it is new.
        neighbours.learn(frame, seen, address -> holdings.contains(address) || watched.contains(address));
        ended(inquiries.heard(seen, fresh));
        if (fresh && conflicts.tell(holdings, seen, egress, System.nanoTime())) {
            listener.conflict(name, seen.address(), seen.mac());
        }
        if (fresh
                && seen instanceof Sighting.Uses(Ip host, Mac _)
                && frame.ethernet().destination().equals(egress)) {
            Neighbours.asked(frame)
                    .filter(address -> !holdings.contains(address))
                    .ifPresent(address -> listener.straggler(name, address, host));
        }
        if (fresh && seen instanceof Sighting.Answers answer) {
            Optional.ofNullable(claims.get(answer.asker())).ifPresent(claim -> {
                claim.acknowledged();
                happened(new Event.Acknowledged(answer.asker(), answer.address()));
                listener.acknowledged(name, answer.asker(), answer.address(), neighbours.isGateway(answer.address()));
            });
        }
    }

    private void ended(Inquiries.Outcome outcome) {
        inquiries = outcome.next();
        outcome.verdicts().forEach(verdict -> listener.ended(name, verdict));
    }

    /**
     * Sends the questions and announcements that are due.
     *
     * @param linkChanged whether the link came up or got another address: then everything is announced anew
     * @return after how many ns there is more to do; empty if nothing waits
     */
    OptionalLong turn(boolean linkChanged) {
        Optional<L2Interface> link = links.find().filter(L2Interface::up);
        synchronized (lock) {
            long now = System.nanoTime();
            if (linkChanged || newlyOpened) {
                happened(new Event.LinkChanged(now));
                newlyOpened = false;
            }
            if (link.isPresent() && neighbours.gateways(link.get().gateways())) {
                happened(new Event.NeighboursChanged());
            }
            ended(inquiries.turn(now, inquiry -> ask(inquiry, link)));
            return LongStream.concat(
                            inquiries.wakeAfter(now).stream(),
                            link.stream().flatMapToLong(up -> announce(up, now).stream()))
                    .min();
        }
    }

    /** Asks, also behind the fence: it speaks for no address but the interface's own. */
    private boolean ask(Inquiry inquiry, Optional<L2Interface> link) {
        if (link.isEmpty()) {
            return false;
        }
        Optional<Ip> source = link.get().sourceFor(inquiry.target());
        boolean needsSource =
                inquiry.purpose() == Inquiry.Purpose.KERNEL && inquiry.target().family() == IpFamily.IPV6;
        // A solicitation without a source would be a probe for duplicates, and take the address from its owner.
        return (!needsSource || source.isPresent())
                && send(inquiry.frame(link.get().mac(), source).encode());
    }

    private OptionalLong announce(L2Interface link, long now) {
        if (opened.isEmpty()) {
            // Opening is a turn of its own.
            return OptionalLong.empty();
        }
        if (fence.left() < 0) {
            return schedule.wakeAfter(now).stream()
                    .map(wait -> Math.max(wait, NeighbourAnnouncer.FENCED_RETRY_NANOS))
                    .min();
        }
        Step step = schedule.on(new Event.Tick(now, neighbours));
        schedule = step.next();
        step.send().forEach(announcement -> announce(announcement, link.mac()));
        return step.wakeAfterNanos();
    }

    private void announce(Announcement announcement, Mac egress) {
        if (!send(announcement.frame(egress).encode())) {
            return;
        }
        Optional<Claim> claim = Optional.ofNullable(claims.get(announcement.address()));
        switch (announcement) {
            case Announcement.Gratuitous gratuitous -> {
                claim.ifPresent(Claim::announced);
                listener.announced(name, gratuitous.address());
            }
            case Announcement.Directed directed -> {
                claim.ifPresent(Claim::directed);
                listener.told(name, directed.address(), directed.to().ip());
            }
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
        condition.become(InterfaceState.OPEN, "");
        wake.run();
    }

    void closed() {
        synchronized (lock) {
            opened = Optional.empty();
        }
    }

    List<L2Status> status() {
        synchronized (lock) {
            return claims.values().stream().map(claim -> claim.status(name)).toList();
        }
    }

    InterfaceStatus interfaceStatus() {
        synchronized (lock) {
            long lost = opened.map(open -> open.channel().lost()).orElse(0L);
            return new InterfaceStatus(
                    name, condition.state(), condition.problem(), drops.snapshot(), lost, stoodInFor);
        }
    }
}
