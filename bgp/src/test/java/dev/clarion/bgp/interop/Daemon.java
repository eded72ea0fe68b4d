package dev.clarion.bgp.interop;

import java.nio.file.Path;

/** The routers that we are held against, from Debian's packages (kind-e2e/lab/prerequisites). */
enum Daemon {
    /** Package frr. */
    FRR("FRR 8.4", "/usr/lib/frr/bgpd"),
    /** Package bird2. */
    BIRD("BIRD 2.0", "/usr/sbin/bird"),
    /** Package gobgpd. */
    GOBGP("GoBGP 3.10", "/usr/bin/gobgpd"),
    /** Package openbgpd. */
    OPENBGPD("OpenBGPD 7.7", "/usr/sbin/bgpd");

    private final String title;
    private final String program;

    Daemon(String title, String program) {
        this.title = title;
        this.program = program;
    }

    /** Name and version, the one that Debian 12 has. */
    String title() {
        return title;
    }

    Path program() {
        return Path.of(program);
    }

    Router router() {
        return switch (this) {
            case FRR -> new Frr();
            case BIRD -> new Bird();
            case GOBGP -> new GoBgp();
            case OPENBGPD -> new OpenBgpd();
        };
    }
}
