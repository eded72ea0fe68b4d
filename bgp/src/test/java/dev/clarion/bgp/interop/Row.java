package dev.clarion.bgp.interop;

import java.util.function.Consumer;

/** What is shown with each daemon, one row of the matrix each. */
enum Row {
    /** Sessions over IPv4 and IPv6 come up; routes of each family come and go. */
    ROUTES("routes of both families come and go", Sessions::routes),
    /** The router only waits. */
    DIAL("we dial a router that only waits", Sessions::dial),
    /** Our attempts to dial never arrive. */
    BE_DIALLED("the router dials us", Sessions::beDialled),
    /** The daemon is killed and started again. */
    ROUTER_RESTARTS("the router is killed and comes back", Sessions::routerRestarts),
    /** The speaker goes and comes without a word. */
    WE_RESTART("we restart without a word", Sessions::weRestart),
    /** The segment swallows everything. */
    SILENCE("a silent link ends the sessions by the hold timer", Sessions::silence),
    /** The router asks for all routes again. */
    REFRESH("route refresh", Talk::refresh),
    /** The router understands why we leave. */
    OUR_CEASE("our Cease, as the router shows it", Talk::ourCease),
    /** We understand why the router leaves. */
    ITS_CEASE("the router's Cease with a message, as we show it", Talk::itsCease),
    /** AS numbers above 65535 at both ends. */
    FOUR_OCTET_AS("AS numbers of four octets at both ends", Numbers::fourOctets),
    /** Ours of four octets, at a router that knows two. */
    TWO_OCTET_ROUTER("a router that knows two octets only", Numbers::twoOctetRouter),
    /** The router announces many routes to us. */
    FLOOD("20,000 routes from the router", Load::flood);

    private final String title;
    private final Consumer<Bench> scenario;

    Row(String title, Consumer<Bench> scenario) {
        this.title = title;
        this.scenario = scenario;
    }

    String title() {
        return title;
    }

    void run(Bench bench) {
        scenario.accept(bench);
    }
}
