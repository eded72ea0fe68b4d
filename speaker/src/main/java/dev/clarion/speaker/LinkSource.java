package dev.clarion.speaker;

import dev.clarion.announcement.LinkFacts;
import dev.clarion.arpndp.InterfaceSource;
import dev.clarion.arpndp.L2Address;
import dev.clarion.arpndp.L2Interface;
import dev.clarion.linux.Gateways;
import dev.clarion.linux.InterfaceAddress;
import dev.clarion.linux.Link;
import dev.clarion.linux.Links;
import dev.clarion.linux.LinuxException;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's interfaces, read again when the kernel says that something changed. */
final class LinkSource implements InterfaceSource {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSource.class);

    private volatile List<Link> links;
    private volatile Map<Integer, Set<Ip>> gateways;

    /** @throws LinuxException if the kernel does not list them */
    LinkSource() throws LinuxException {
        links = Links.snapshot();
        gateways = Gateways.snapshot();
    }

    /** Reads them again; if that fails, what was known stays. */
    void refresh() {
        try {
            links = Links.snapshot();
            gateways = Gateways.snapshot();
        } catch (LinuxException refused) {
            LOG.atWarn().addKeyValue("why", refused.getMessage()).log("links cannot be read; those known stay");
        }
    }

    @Override
    public Optional<L2Interface> find(String name) {
        return links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .map(this::asSeen);
    }

    private L2Interface asSeen(Link link) {
        List<L2Address> addresses = link.addresses().stream()
                .map(on -> new L2Address(on.address(), on.prefixLength()))
                .toList();
        return new L2Interface(
                link.name(),
                link.index(),
                link.mac(),
                link.up() && link.carrier(),
                addresses,
                gateways.getOrDefault(link.index(), Set.of()));
    }

    /** As the decision sees them. */
    List<LinkFacts> facts() {
        return links.stream().map(LinkSource::facts).toList();
    }

    /** All addresses, interface by interface. */
    List<Ip> addresses() {
        return links.stream()
                .filter(link -> !link.loopback())
                .flatMap(link -> link.addresses().stream())
                .map(InterfaceAddress::address)
                .toList();
    }

    private static LinkFacts facts(Link link) {
        boolean usable = link.up() && link.carrier() && !link.loopback() && !link.noArp() && !link.isPort();
        List<Prefix> networks = link.addresses().stream()
                .filter(on -> !on.address().isLinkLocal())
                .filter(on -> on.prefixLength() < on.address().family().bits())
                .map(on -> Prefix.containing(on.address(), on.prefixLength()))
                .distinct()
                .sorted()
                .toList();
        return new LinkFacts(link.name(), networks, usable);
    }
}
