package dev.clarion.bgp.interop;

/** What is shown with each daemon, one row of the matrix each. */
enum Row {
    /** Sessions over IPv4 and IPv6 come up; routes of each family come and go. */
    ROUTES("routes of both families come and go"),
    /** The router only waits. */
    DIAL("we dial a router that only waits"),
    /** Our attempts to dial never arrive. */
    BE_DIALLED("the router dials us"),
    /** The daemon is killed and started again. */
    ROUTER_RESTARTS("the router is killed and comes back"),
    /** The speaker goes and comes without a word. */
    WE_RESTART("we restart without a word"),
    /** The segment swallows everything. */
    SILENCE("a silent link ends the sessions by the hold timer"),
    /** The router keeps what we announced while we restart. */
    GRACEFUL_RESTART("graceful restart: routes kept, and cleared at our End-of-RIB"),
    /** It does not, if we have rebooted meanwhile. */
    REBOOT("graceful restart: dropped if we rebooted"),
    /** Nor for ever. */
    NEVER_BACK("graceful restart: dropped if we never come back"),
    /** The router asks for all routes again. */
    REFRESH("route refresh"),
    /** The router understands why we leave. */
    OUR_CEASE("our Cease, as the router shows it"),
    /** We understand why the router leaves. */
    ITS_CEASE("the router's Cease with a message, as we show it"),
    /** AS numbers above 65535 at both ends. */
    FOUR_OCTET_AS("AS numbers of four octets at both ends"),
    /** Ours of four octets, at a router that knows two. */
    TWO_OCTET_ROUTER("a router that knows two octets only"),
    /** Standard, large and extended, in both families, changed in place. */
    COMMUNITIES("communities of all kinds, as the router shows them"),
    /** What traffic a route takes, which is told to routers of another AS too. */
    BANDWIDTH("link bandwidth over eBGP, as the router shows it"),
    /** Two ways to one destination, used by their bandwidths. */
    SHARES("the router spreads traffic by link bandwidth"),
    /** A session over IPv6 carries IPv4 routes. */
    IPV6_NEXT_HOP("IPv4 routes with IPv6 next hops (RFC 8950)"),
    /** Who sells transit to whom is said by both, and has to fit. */
    ROLES("BGP roles in strict mode, and one that does not fit (RFC 9234)"),
    /** Signed segments; who does not sign alike never gets a connection. */
    MD5("TCP MD5, we dial"),
    /** The same the other way round. */
    MD5_BE_DIALLED("TCP MD5, the router dials"),
    /** Both ends change the key. */
    MD5_ROTATION("a new MD5 key"),
    /** Packets from farther away are not let in, at either end. */
    TTL_SECURITY("TTL security, dialled both ways"),
    /** Liveness beyond the hold time. */
    BFD("BFD: a silent link ends the sessions long before the hold time"),
    /** The router announces many routes to us. */
    FLOOD("20,000 routes from the router");

    private final String title;

    Row(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    void run(Bench bench) {
        switch (this) {
            case ROUTES -> Sessions.routes(bench);
            case DIAL -> Sessions.dial(bench);
            case BE_DIALLED -> Sessions.beDialled(bench);
            case ROUTER_RESTARTS -> Sessions.routerRestarts(bench);
            case WE_RESTART -> Sessions.weRestart(bench);
            case SILENCE -> Sessions.silence(bench);
            case GRACEFUL_RESTART -> Restarts.kept(bench);
            case REBOOT -> Restarts.rebooted(bench);
            case NEVER_BACK -> Restarts.neverBack(bench);
            case REFRESH -> Talk.refresh(bench);
            case OUR_CEASE -> Talk.ourCease(bench);
            case ITS_CEASE -> Talk.itsCease(bench);
            case FOUR_OCTET_AS -> Numbers.fourOctets(bench);
            case TWO_OCTET_ROUTER -> Numbers.twoOctetRouter(bench);
            case COMMUNITIES -> Marks.communities(bench);
            case BANDWIDTH -> Marks.bandwidth(bench);
            case SHARES -> Marks.shares(bench);
            case IPV6_NEXT_HOP -> Marks.ipv6NextHop(bench);
            case ROLES -> Talk.roles(bench);
            case MD5 -> Security.md5(bench);
            case MD5_BE_DIALLED -> Security.md5BeDialled(bench);
            case MD5_ROTATION -> Security.md5Rotation(bench);
            case TTL_SECURITY -> Security.ttlSecurity(bench);
            case BFD -> Liveness.bfd(bench);
            case FLOOD -> Load.flood(bench);
        }
    }
}
