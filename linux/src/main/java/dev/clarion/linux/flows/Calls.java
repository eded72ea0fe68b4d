package dev.clarion.linux.flows;

import dev.clarion.linux.LinuxException;
import dev.clarion.linux.NetlinkSocket;
import dev.clarion.linux.flows.wire.Answer;
import dev.clarion.linux.flows.wire.RelayTable.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Requests and their answers, each on a socket of its own, so that nothing of an earlier one is left in it. */
final class Calls {
    static final int SEQUENCE = 1;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EEXIST = 17;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EOPNOTSUPP = 95;
    static final int EPROTONOSUPPORT = 93;

    private static final int TRIES = 5;

    private Calls() {}

    /** Hands on all answers of a list; if the list changed meanwhile, it is read once more, so some may come twice. */
    static void list(int protocol, byte[] request, String what, Consumer<Answer> each) throws LinuxException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (listOnce(protocol, request, what, each)) {
                return;
            }
        }
    }

    private static boolean listOnce(int protocol, byte[] request, String what, Consumer<Answer> each)
            throws LinuxException {
        try (NetlinkSocket socket = NetlinkSocket.to(protocol)) {
            socket.send(request);
            boolean whole = true;
            while (true) {
                List<Answer> answers = Answer.all(socket.receiveBytes());
                if (answers.isEmpty()) {
                    throw new LinuxException("cannot understand the kernel's list of " + what, 0, "");
                }
                for (Answer answer : answers) {
                    whole &= !answer.interrupted();
                    Optional<Integer> error = answer.error();
                    if (error.filter(number -> number != 0).isPresent()) {
                        throw new LinuxException("the kernel refused to list " + what, error.get(), "");
                    }
                    if (answer.done()) {
                        return whole;
                    }
                    each.accept(answer);
                }
            }
        }
    }

    /** Sends a request that is acknowledged; the error number, 0 if it was carried out. */
    static int ask(int protocol, byte[] request) throws LinuxException {
        return await(protocol, request, SEQUENCE, SEQUENCE);
    }

    /** Carries out a transaction; the error number, 0 if it was carried out. */
    static int transact(Transaction transaction) throws LinuxException {
        return await(NetlinkSocket.NETFILTER, transaction.bytes(), transaction.first(), transaction.last());
    }

    private static int await(int protocol, byte[] request, int first, int last) throws LinuxException {
        try (NetlinkSocket socket = NetlinkSocket.to(protocol)) {
            socket.send(request);
            while (true) {
                for (Answer answer : Answer.all(socket.receiveBytes())) {
                    Optional<Integer> error = answer.error();
                    boolean about = answer.sequence() >= first && answer.sequence() <= last;
                    if (about && error.isPresent() && (error.get() != 0 || answer.sequence() == last)) {
                        return error.get();
                    }
                }
            }
        }
    }

    /** As {@link #ask}, where some errors say that it is as it should be already. */
    static void ask(int protocol, byte[] request, String what, Integer... asGood) throws LinuxException {
        int error = ask(protocol, request);
        if (error != 0 && !List.of(asGood).contains(error)) {
            throw new LinuxException("the kernel refused " + what, error, "");
        }
    }
}
