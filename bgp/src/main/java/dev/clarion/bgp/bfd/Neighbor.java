package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.BfdSessionConfig.Endpoint;
import dev.clarion.bgp.bfd.fsm.BfdReason;
import dev.clarion.bgp.bfd.fsm.Event;
import dev.clarion.bgp.bfd.fsm.State;
import dev.clarion.bgp.bfd.fsm.Step.Change;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.Diagnostic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One session with its socket, its owners' names for it, and what ails it. On the engine's thread. */
final class Neighbor implements Outlet {
    private static final long RETRY_NANOS = 1_000_000_000;

    private final Kind kind;
    private final Endpoint endpoint;
    private final long peerHigh;
    private final long peerLow;
    private final BfdSession session;
    private final Calls calls;
    private final SafeListener listener;
    private final Map<BfdProblem, String> problems = new EnumMap<>(BfdProblem.class);

    private BfdSessionConfig config;
    private List<String> keys;
    private @Nullable Sender sender;
    private int lastPort;
    private boolean started;
    private boolean failing;
    private long openAt;
    private long lingerUntil = BfdSession.NEVER;

    Neighbor(
            BfdSessionConfig config,
            List<String> keys,
            int discriminator,
            RandomGenerator dice,
            Calls calls,
            SafeListener listener) {
        this.kind = Kind.of(config);
        this.endpoint = config.endpoint();
        this.peerHigh = config.peer().high();
        this.peerLow = config.peer().low();
        this.config = config;
        this.keys = keys;
        this.calls = calls;
        this.listener = listener;
        this.session = new BfdSession(State.initial(config.profile().wanted(), discriminator), dice, this);
        judgeEcho();
    }

    Kind kind() {
        return kind;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    BfdSession session() {
        return session;
    }

    boolean retired() {
        return lingerUntil != BfdSession.NEVER;
    }

    int discriminator() {
        return session.state().discriminator();
    }

    /** The source port; 0 without a socket. */
    int port() {
        return sender == null ? 0 : lastPort;
    }

    // What is wanted.

    /** These names, this profile; revives what was retired. */
    void want(BfdSessionConfig wanted, List<String> names, long now) {
        List<String> fresh = names.stream().filter(key -> !keys.contains(key)).toList();
        rename(names);
        if (retired()) {
            lingerUntil = BfdSession.NEVER;
            session.tell(new Event.Enabled(), now);
        }
        if (!wanted.profile().equals(config.profile())) {
            session.tell(new Event.Reconfigured(wanted.profile().wanted()), now);
        }
        config = wanted;
        judgeEcho();
        if (session.state().kind() == BfdState.UP) {
            fresh.forEach(key -> listener.changed(key, told(BfdState.DOWN, BfdReason.HANDSHAKE_DONE)));
        }
        fresh.forEach(key -> problems.forEach((problem, detail) -> listener.problem(key, problem, detail)));
    }

    /** Whoever is no longer asking has no problem any more. */
    private void rename(List<String> names) {
        keys.stream()
                .filter(key -> !names.contains(key))
                .forEach(key -> problems.keySet().forEach(problem -> listener.solved(key, problem)));
        keys = names;
    }

    private void judgeEcho() {
        if (config.profile().echo()) {
            report(BfdProblem.ECHO_UNSUPPORTED, "");
        } else {
            solve(BfdProblem.ECHO_UNSUPPORTED);
        }
    }

    /** No longer wanted: says so for one detection time of the peer, if there is one who listens. */
    void retire(long now) {
        if (!retired()) {
            session.tell(new Event.Disabled(), now);
            rename(List.of());
            State state = session.state();
            boolean heard = sender != null && state.remote().heard();
            lingerUntil = now + (heard ? 1_000L * state.wanted().multiplier() * state.transmitInterval() : 0);
        }
    }

    /** Whether nothing is left to say. */
    boolean over(long now) {
        return now >= lingerUntil;
    }

    // The socket.

    /** When there is something to do. */
    long wakeAt(boolean listening) {
        long due = Math.min(session.wakeAt(), lingerUntil);
        return listening && (sender == null || failing || misplaced()) ? Math.min(due, openAt) : due;
    }

    /**
     * Opens the socket if there is none, or none that works, and it is time to try.
     *
     * @param listening whether packets of this kind can be heard; else nothing is sent, since it could only disturb the
     *     session that the owner of the port has with the same peer
     */
    void connect(long now, boolean listening, Sender.Ports ports) {
        if (listening && (sender == null || failing || misplaced()) && now >= openAt) {
            open(now, ports);
        }
    }

    /**
     * The peer knows a session that is up by the address that it came up from: another one, which the kernel may prefer
     * since the interface has got it meanwhile, is not to take its place. One that is not up begins from any.
     */
    private boolean misplaced() {
        return sender != null && endpoint.local().isEmpty() && !retired() && sender.pinned() != up();
    }

    private boolean up() {
        return session.state().kind() == BfdState.UP;
    }

    private void open(long now, Sender.Ports ports) {
        openAt = now + RETRY_NANOS;
        closeSocket();
        switch (Sender.open(config, up(), lastPort == 0 ? ports : ports.beginningWith(lastPort), calls)) {
            case Sender.Opened.Refused(BfdProblem problem, String detail) -> report(problem, detail);
            case Sender.Opened.Ready(Sender ready) -> {
                sender = ready;
                lastPort = ready.port();
                failing = false;
                solve(BfdProblem.INTERFACE_MISSING);
                solve(BfdProblem.LOCAL_ADDRESS_MISSING);
                solve(BfdProblem.NOT_SENDING);
                if (!started) {
                    started = true;
                    session.start(now);
                }
            }
        }
    }

    @Override
    public boolean send(ByteBuffer packet) {
        if (sender == null) {
            return false;
        }
        int result = sender.send(packet);
        if (result < 0 && !failing) {
            failing = true; // A socket whose interface was made anew is of no use any more.
            report(BfdProblem.SEND_FAILED, Kernel.words(result));
        } else if (result >= 0 && !problems.isEmpty()) {
            failing = false;
            solve(BfdProblem.SEND_FAILED);
        }
        return result >= 0;
    }

    void close() {
        closeSocket();
    }

    private void closeSocket() {
        if (sender != null) {
            sender.close();
            sender = null;
        }
    }

    // What comes.

    /** Whether a packet that names no session is for this one. */
    boolean isFor(Kind by, Arrival arrival) {
        return !retired()
                && arrival.sourceHigh == peerHigh
                && arrival.sourceLow == peerLow
                && onPath(by, arrival)
                && endpoint.local()
                        .map(local -> local.high() == arrival.destinationHigh && local.low() == arrival.destinationLow)
                        .orElse(true);
    }

    /** Whether a packet came where this session lives. */
    boolean onPath(Kind by, Arrival arrival) {
        return kind.equals(by)
                && (endpoint.interfaceName().isEmpty()
                        || (sender != null && sender.interfaceIndex() == arrival.interfaceIndex));
    }

    /** How many hops must be left. */
    int leastHops() {
        return kind.multihop() ? config.profile().minimumTtl() : 255;
    }

    // What is told.

    @Override
    public void changed(Change change) {
        BfdListener.Change told = told(change.from(), change.reason());
        keys.forEach(key -> listener.changed(key, told));
    }

    private BfdListener.Change told(BfdState from, BfdReason reason) {
        State state = session.state();
        return new BfdListener.Change(
                from,
                state.kind(),
                reason,
                state.diagnostic(),
                Diagnostic.of(state.remote().diagnostic()));
    }

    void report(BfdProblem problem, String detail) {
        if (!problems.containsKey(problem)) {
            problems.put(problem, detail);
            keys.forEach(key -> listener.problem(key, problem, detail));
        }
    }

    void solve(BfdProblem problem) {
        if (problems.remove(problem) != null) {
            keys.forEach(key -> listener.solved(key, problem));
        }
    }

    List<BfdStatus.Session> status() {
        State state = session.state();
        return keys.stream()
                .map(key -> new BfdStatus.Session(
                        key,
                        endpoint.peer(),
                        state.kind(),
                        state.remote().state(),
                        state.discriminator(),
                        state.remote().discriminator(),
                        micros(state.transmitInterval()),
                        micros(state.receiveInterval()),
                        micros(state.detectionTime()),
                        state.remote().multiplier(),
                        session.lastDiagnostic(),
                        Diagnostic.of(state.remote().diagnostic()),
                        sender == null ? Optional.empty() : Optional.of(lastPort),
                        state.polling(),
                        problems.keySet(),
                        session.tally().snapshot()))
                .toList();
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
