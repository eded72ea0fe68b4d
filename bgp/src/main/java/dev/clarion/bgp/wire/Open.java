package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * OPEN (RFC 4271 section 4.2). Whether its values are acceptable is the state machine's matter; here only the form is.
 *
 * @param myAs the two-octet AS field, 23456 when the real number does not fit (RFC 6793 section 4.1)
 * @param holdTime seconds
 * @param routerId the BGP Identifier, written as an IPv4 address
 * @param capabilities of all optional parameters together, in order; any of them may be there more than once
 */
public record Open(int myAs, int holdTime, Ip routerId, List<Capability> capabilities) implements Message {
    /** What stands in two octets for an AS number that needs four. */
    static final int AS_TRANS = 23_456;

    private static final int VERSION = 4;

    /** Takes a copy of the list. */
    public Open {
        capabilities = List.copyOf(capabilities);
    }

    /** An OPEN of a speaker with this AS number and these capabilities, to which the four-octet AS one is added. */
    public static Open of(long as, int holdTime, Ip routerId, List<Capability> capabilities) {
        List<Capability> all = new ArrayList<>(capabilities);
        all.add(new Capability.FourOctetAs(as));
        return new Open(twoOctets(as), holdTime, routerId, all);
    }

    /** An OPEN as speakers sent it before there were capabilities: for peers that refuse whatever has any. */
    public static Open bare(long as, int holdTime, Ip routerId) {
        return new Open(twoOctets(as), holdTime, routerId, List.of());
    }

    /** An AS number as old speakers have it. */
    static int twoOctets(long as) {
        return as > 65_535 ? AS_TRANS : (int) as;
    }

    @Override
    public MessageType type() {
        return MessageType.OPEN;
    }

    /** The speaker's AS number: that of the capability when there is one. */
    public long as() {
        return all(Capability.FourOctetAs.class)
                .findFirst()
                .map(Capability.FourOctetAs::as)
                .orElse((long) myAs);
    }

    /** Whether the speaker reads four-octet AS numbers. */
    public boolean fourOctetAs() {
        return has(Capability.FourOctetAs.class);
    }

    /** The families that the speaker exchanges; IPv4 unicast when it names none (RFC 4760 section 8). */
    public Set<Family> families() {
        Set<Family> named = all(Capability.MultiProtocol.class)
                .map(Capability.MultiProtocol::family)
                .collect(Collectors.toUnmodifiableSet());
        return named.isEmpty() ? Set.of(Family.IPV4_UNICAST) : named;
    }

    /** Whether the speaker answers ROUTE-REFRESH, by the standard's code or by the one before it. */
    public boolean canRouteRefresh() {
        return has(Capability.CanRouteRefresh.class)
                || all(Capability.Other.class).anyMatch(other -> other.code() == Capability.CanRouteRefresh.OLD_CODE);
    }

    /** Whether the speaker knows where a refresh begins and ends (RFC 7313). */
    public boolean enhancedRefresh() {
        return has(Capability.EnhancedRefresh.class);
    }

    /** Whether the speaker takes messages of more than 4096 octets (RFC 8654). */
    public boolean extendedMessages() {
        return has(Capability.ExtendedMessage.class);
    }

    /** Whether the speaker takes IPv4 unicast routes with an IPv6 next hop (RFC 8950). */
    public boolean ipv4OverIpv6() {
        return all(ExtendedNextHop.class)
                .anyMatch(taken -> taken.pairs().containsAll(ExtendedNextHop.IPV4_OVER_IPV6.pairs()));
    }

    /** What the speaker says about its restarts: of several the last counts (RFC 4724 section 3). */
    public Optional<GracefulRestart> gracefulRestart() {
        return all(GracefulRestart.class).reduce((earlier, later) -> later);
    }

    /** The same of long-lived restarts; ignored unless the speaker restarts gracefully at all (RFC 9494 section 3.1). */
    public Optional<LongLivedRestart> longLivedRestart() {
        return has(GracefulRestart.class)
                ? all(LongLivedRestart.class).reduce((earlier, later) -> later)
                : Optional.empty();
    }

    /** The roles that the speaker says to have; more than one contradict each other (RFC 9234 section 4.2). */
    public Set<Integer> roles() {
        return all(Capability.OfRole.class).map(Capability.OfRole::number).collect(Collectors.toUnmodifiableSet());
    }

    private boolean has(Class<? extends Capability> kind) {
        return capabilities.stream().anyMatch(kind::isInstance);
    }

    private <C extends Capability> Stream<C> all(Class<C> kind) {
        return capabilities.stream().filter(kind::isInstance).map(kind::cast);
    }

    @Override
    public byte[] encode(WireContext context) {
        Writer out = Header.start(type());
        out.u8(VERSION).u16(myAs).u16(holdTime).ip(routerId);
        OptionalParameters.write(out, capabilities);
        return Header.finish(out, context.longest(type()));
    }

    static Open decode(Reader in) throws DecodeException {
        if (in.u8() != VERSION) {
            throw new DecodeException(BgpError.UNSUPPORTED_VERSION, Bytes.ofU16(VERSION));
        }
        int myAs = in.u16();
        int holdTime = in.u16();
        Ip routerId = in.ipv4();
        return new Open(myAs, holdTime, routerId, OptionalParameters.read(in));
    }
}
