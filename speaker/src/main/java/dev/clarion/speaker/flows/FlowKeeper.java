package dev.clarion.speaker.flows;

import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;

/** What ownership asks for when addresses move as planned. All methods return at once. */
public interface FlowKeeper extends AutoCloseable {
    /** Where answers go. */
    interface Outlet {
        /** Whether this node can keep connections. */
        void able(boolean able);

        /** Something for the keeper on another node; it may get lost. */
        void post(String node, long move, byte[] content);

        /**
         * The answer to {@link FlowKeeper#keep}.
         *
         * @param found how many connections there were
         * @param kept how many of them the new owner keeps
         */
        void settled(long move, int found, int kept);
    }

    /** Answers go there from now on; the first is whether this node can. */
    void answerTo(Outlet outlet);

    /** Addresses are about to move from this node to another: it is to keep their connections. */
    void keep(long move, List<Ip> addresses, String to);

    /** What the keeper on another node {@linkplain Outlet#post posted}. */
    void delivered(String from, long move, byte[] content);

    /** Why connections do not survive, in words; empty if they do. */
    Optional<String> obstacle();

    /** How many connections are sent on to other nodes. */
    int relayed();

    @Override
    void close();

    /** A keeper that keeps nothing. */
    static FlowKeeper none(String why) {
        return new FlowKeeper() {
            @Override
            public void answerTo(Outlet outlet) {
                outlet.able(false);
            }

            @Override
            public void keep(long move, List<Ip> addresses, String to) {}

            @Override
            public void delivered(String from, long move, byte[] content) {}

            @Override
            public Optional<String> obstacle() {
                return Optional.of(why);
            }

            @Override
            public int relayed() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }
}
