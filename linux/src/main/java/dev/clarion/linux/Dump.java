package dev.clarion.linux;

import dev.clarion.linux.wire.NetlinkMessage;
import dev.clarion.linux.wire.NetlinkParser;
import dev.clarion.linux.wire.NetlinkRequest;
import java.util.List;

/** Lists of the kernel's that come in several datagrams (netlink(7), NLM_F_DUMP). */
final class Dump {

    private Dump() {}

    /**
     * Collects the messages of one dump.
     *
     * @return false if something changed meanwhile, so that it has to be asked for again
     */
    static boolean collect(NetlinkSocket socket, NetlinkRequest request, int sequence, List<NetlinkMessage> into)
            throws LinuxException {
        socket.send(request.encode(sequence));
        boolean consistent = true;
        while (true) {
            NetlinkParser.Parsed parsed = socket.receive();
            if (parsed.malformed() > 0) {
                throw new LinuxException("cannot understand the kernel's list of " + request, 0, "");
            }
            for (NetlinkMessage message : parsed.messages()) {
                if (message.sequence() != sequence) {
                    continue;
                }
                switch (message) {
                    case NetlinkMessage.Done done -> {
                        return consistent && !done.interrupted();
                    }
                    case NetlinkMessage.Failure failure ->
                        throw new LinuxException("the kernel refused to list " + request, failure.errno(), "");
                    case NetlinkMessage.LinkMessage link -> {
                        consistent &= !link.interrupted();
                        into.add(link);
                    }
                    case NetlinkMessage.AddressMessage address -> {
                        consistent &= !address.interrupted();
                        into.add(address);
                    }
                    case NetlinkMessage.DefaultRoute route -> {
                        consistent &= !route.interrupted();
                        into.add(route);
                    }
                    // Other routes, of which there may be very many.
                    case NetlinkMessage.Other other -> {}
                }
            }
        }
    }
}
