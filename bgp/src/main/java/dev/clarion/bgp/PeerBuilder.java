package dev.clarion.bgp;

import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.bgp.fsm.PeerTimes;
import dev.clarion.bgp.fsm.Restart;
import dev.clarion.bgp.fsm.Role;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Puts a {@link PeerConfig} together; what is not said is as most peers have it. Each field is explained there. */
public final class PeerBuilder {
    private String name;
    private PeerPlace place;
    private int port = PeerConfig.BGP_PORT;
    private long localAs;
    private PeerAs peerAs;
    private Ip routerId;
    private Optional<Ip> localAddress = Optional.empty();
    private Optional<String> device = Optional.empty();
    private Set<IpFamily> families = Set.of();
    private PeerTimes times = PeerTimes.DEFAULT;
    private Reach reach = new Reach.Usual();
    private Optional<Password> password = Optional.empty();
    private boolean passive;
    private Restart restart = new Restart.Off();
    private Optional<String> bfdProfile = Optional.empty();
    private boolean extendedNextHop;
    private Optional<Role> role = Optional.empty();

    PeerBuilder(String name, PeerPlace place, long localAs, PeerAs peerAs, Ip routerId) {
        this.name = name;
        this.place = place;
        this.localAs = localAs;
        this.peerAs = peerAs;
        this.routerId = routerId;
    }

    PeerBuilder(PeerConfig from) {
        this(from.name(), from.place(), from.localAs(), from.peerAs(), from.routerId());
        port = from.port();
        localAddress = from.localAddress();
        device = from.device();
        families = from.families();
        times = from.times();
        reach = from.reach();
        password = from.password();
        passive = from.passive();
        restart = from.restart();
        bfdProfile = from.bfdProfile();
        extendedNextHop = from.extendedNextHop();
        role = from.role();
    }

    /** The peer. Throws IllegalArgumentException when it says something impossible. */
    public PeerConfig build() {
        return new PeerConfig(
                name,
                place,
                port,
                localAs,
                peerAs,
                routerId,
                localAddress,
                device,
                families,
                times,
                reach,
                password,
                passive,
                restart,
                bfdProfile,
                extendedNextHop,
                role);
    }

    public PeerBuilder name(String value) {
        name = value;
        return this;
    }

    public PeerBuilder place(PeerPlace value) {
        place = value;
        return this;
    }

    public PeerBuilder port(int value) {
        port = value;
        return this;
    }

    public PeerBuilder localAs(long value) {
        localAs = value;
        return this;
    }

    public PeerBuilder peerAs(PeerAs value) {
        peerAs = value;
        return this;
    }

    public PeerBuilder routerId(Ip value) {
        routerId = value;
        return this;
    }

    public PeerBuilder localAddress(Ip value) {
        localAddress = Optional.of(value);
        return this;
    }

    public PeerBuilder device(String value) {
        device = Optional.of(value);
        return this;
    }

    public PeerBuilder families(Set<IpFamily> value) {
        families = Set.copyOf(value);
        return this;
    }

    public PeerBuilder times(PeerTimes value) {
        times = value;
        return this;
    }

    public PeerBuilder holdTime(Duration value) {
        return times(times.withHold(value));
    }

    public PeerBuilder reach(Reach value) {
        reach = value;
        return this;
    }

    public PeerBuilder password(Password value) {
        password = Optional.of(value);
        return this;
    }

    public PeerBuilder noPassword() {
        password = Optional.empty();
        return this;
    }

    public PeerBuilder passive(boolean value) {
        passive = value;
        return this;
    }

    public PeerBuilder restart(Restart value) {
        restart = value;
        return this;
    }

    public PeerBuilder bfdProfile(String value) {
        bfdProfile = Optional.of(value);
        return this;
    }

    public PeerBuilder role(Role value) {
        role = Optional.of(value);
        return this;
    }

    public PeerBuilder extendedNextHop(boolean value) {
        extendedNextHop = value;
        return this;
    }
}
