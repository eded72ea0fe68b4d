package dev.clarion.bgp;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks the kernel which addresses the interface of a connection has. */
final class Segments {
    private Segments() {}

    /** The segment that a connection goes through by our end of it; unknown if no interface has that address. */
    static Segment of(@Nullable SocketAddress local, @Nullable SocketAddress peer) {
        if (!(local instanceof InetSocketAddress here) || !(peer instanceof InetSocketAddress there)) {
            return Segment.UNKNOWN;
        }
        try {
            NetworkInterface on = interfaceOf(here.getAddress());
            return on == null ? Segment.UNKNOWN : of(on.getInterfaceAddresses(), there.getAddress());
        } catch (SocketException unreadable) {
            return Segment.UNKNOWN;
        }
    }

    private static @Nullable NetworkInterface interfaceOf(InetAddress address) throws SocketException {
        return address instanceof Inet6Address scoped && scoped.getScopeId() != 0
                ? NetworkInterface.getByIndex(scoped.getScopeId())
                : NetworkInterface.getByInetAddress(address);
    }

    private static Segment of(List<InterfaceAddress> addresses, InetAddress peer) {
        NextHops global = new NextHops(
                first(addresses, ip -> ip.family() == IpFamily.IPV4 && ofUseElsewhere(ip)),
                first(addresses, ip -> ip.family() == IpFamily.IPV6 && ofUseElsewhere(ip)));
        boolean shared = peer.isLinkLocalAddress()
                || addresses.stream().anyMatch(address -> sharesNetwork(address, Ip.ofBytes(peer.getAddress())));
        Optional<Ip> linkLocal =
                shared ? first(addresses, ip -> ip.family() == IpFamily.IPV6 && ip.isLinkLocal()) : Optional.empty();
        return new Segment(global, linkLocal);
    }

    /** The kernel lists the address first that it would use itself. */
    private static Optional<Ip> first(List<InterfaceAddress> addresses, Predicate<Ip> wanted) {
        return addresses.stream()
                .map(address -> Ip.ofBytes(address.getAddress().getAddress()))
                .filter(wanted)
                .findFirst();
    }

    private static boolean ofUseElsewhere(Ip ip) {
        return !ip.isLoopback() && !ip.isLinkLocal() && !ip.isMulticast() && !ip.isUnspecified();
    }

    private static boolean sharesNetwork(InterfaceAddress address, Ip peer) {
        Ip ours = Ip.ofBytes(address.getAddress().getAddress());
        int length = address.getNetworkPrefixLength();
        return ours.family() == peer.family()
                && length < ours.family().bits()
                && Prefix.containing(ours, length).contains(peer);
    }
}
