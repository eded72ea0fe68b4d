package dev.clarion.bgp.interop;

import static dev.clarion.bgp.interop.Bench.soon;
import static dev.clarion.bgp.interop.Terms.V4;
import static dev.clarion.bgp.interop.Terms.V6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.StopMode;
import dev.clarion.bgp.fsm.Role;
import dev.clarion.bgp.fsm.Roles;
import dev.clarion.bgp.interop.Terms.Feature;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rows about what both ends say beside routes: please again, and why I leave. */
final class Talk {
    private static final String MESSAGE = "out for maintenance";

    private Talk() {}

    static void refresh(Bench bench) {
        bench.start(Terms.PLAIN);
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            long announced = bench.ours().status(neighbour).counters().prefixesAnnounced();
            bench.router().refresh(neighbour);
            soon().until(() -> bench.ours().status(neighbour).counters().prefixesAnnounced() == announced + 1);
        }
        bench.awaitRoutes(true);
        Sessions.assertOneSessionEach(bench);
    }

    static void ourCease(Bench bench) {
        bench.start(Terms.PLAIN);
        bench.ours().applyLeaving(Terms.PLAIN, Bench.ROUTES);
        soon().untilAsserted(() -> assertThat(bench.router().route(Bench.ROUTE_V4))
                .hasValueSatisfying(route -> assertThat(route.communities()).containsExactly("65535:0")));
        Sessions.assertOneSessionEach(bench);
        bench.ours().stop(StopMode.SHUTDOWN, MESSAGE);
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            bench.awaitDown(neighbour);
            soon().until(() -> {
                String words = bench.router().lastWords(neighbour).toLowerCase(Locale.ROOT);
                // FRR and BIRD say shutdown, OpenBGPD says down, GoBGP gives the numbers.
                boolean shutdown = words.contains("administrative shutdown")
                        || words.contains("administratively down")
                        || (words.contains("\"code\":6") && words.contains("\"subcode\":2"));
                return shutdown && words.contains(MESSAGE);
            });
        }
        bench.awaitRoutes(false);
    }

    static void itsCease(Bench bench) {
        bench.start(Terms.PLAIN);
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            bench.router().shutDown(neighbour, MESSAGE);
            soon().until(() -> bench.ours().status(neighbour).lastError().isPresent());
            assertThat(bench.ours().status(neighbour).lastError())
                    .hasValueSatisfying(words -> assertThat(words).contains("(6/2)", MESSAGE));
        }
        bench.router().bringUp(V4);
        bench.router().bringUp(V6);
        bench.awaitUp();
        bench.awaitRoutes(true);
    }

    /** The routes of a provider are marked for customers only, and a customer takes them. */
    static void roles(Bench bench) {
        Terms customer = Terms.PLAIN.with(Feature.ROUTER_IS_CUSTOMER);
        Terms fitting = customer.with(Feature.WE_ARE_PROVIDER);
        bench.start(fitting);
        for (Terms.Neighbour neighbour : List.of(V4, V6)) {
            assertThat(bench.ours().status(neighbour).session().agreement())
                    .hasValueSatisfying(agreed -> assertThat(agreed.roles())
                            .isEqualTo(new Roles(Optional.of(Role.PROVIDER), Optional.of(Role.CUSTOMER))));
        }
        Sessions.assertOneSessionEach(bench);
        for (Terms wrong : List.of(customer, customer.with(Feature.WE_ARE_PEER))) {
            bench.ours().apply(wrong, Bench.ROUTES);
            for (Terms.Neighbour neighbour : List.of(V4, V6)) {
                soon().untilAsserted(() -> assertThat(
                                bench.ours().status(neighbour).lastError().orElse(""))
                        .contains("(2/11)"));
                assertThat(bench.router().established(neighbour)).isFalse();
            }
        }
        bench.ours().apply(fitting, Bench.ROUTES);
        bench.awaitUp();
        bench.awaitRoutes(true);
    }
}
