package dev.clarion.linux;

/** Error numbers of Linux on x86-64 and arm64 ({@code asm-generic/errno.h}) that this module can meet. */
enum Errno {
    EPERM(1, "operation not permitted"),
    ENOENT(2, "no such file or directory"),
    ESRCH(3, "no such thread"),
    EINTR(4, "interrupted"),
    EBADF(9, "bad file descriptor"),
    EAGAIN(11, "nothing there yet"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "permission denied"),
    EBUSY(16, "busy"),
    EEXIST(17, "exists"),
    ENODEV(19, "no such device"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "too many open files in the system"),
    EMFILE(24, "too many open files"),
    ENOSYS(38, "not implemented"),
    EMSGSIZE(90, "message too long"),
    EPROTONOSUPPORT(93, "protocol not supported"),
    EOPNOTSUPP(95, "operation not supported"),
    EAFNOSUPPORT(97, "address family not supported"),
    EADDRINUSE(98, "already in use"),
    EADDRNOTAVAIL(99, "address not available"),
    ENETDOWN(100, "network is down"),
    ENOBUFS(105, "no buffer space");

    private final int number;
    private final String text;

    Errno(int number, String text) {
        this.number = number;
        this.text = text;
    }

    boolean is(int other) {
        return number == other;
    }

    static String describe(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno + " (" + errno.text + ")";
            }
        }
        return "errno " + number;
    }
}
