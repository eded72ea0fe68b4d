package dev.clarion.bgp.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which row is shown with which daemon. What is not shown has a reason. */
final class Matrix {
    /** Why a cell is empty. */
    enum Absence {
        /** GoBGP 3.10 does not know the capability. */
        NO_ROLES("has no RFC 9234 in this version"),
        /** GoBGP has no switch for it. */
        NO_TWO_OCTETS("cannot be told to know two octets only"),
        /** Neither GoBGP before 4.8 nor OpenBGPD on Linux. */
        NO_BFD("has no BFD in this version"),
        /** BIRD 2.0.12 has no word for it; the other two put no routes into the kernel here. */
        NO_SHARES("not known to do that, and not tried"),
        /** OpenBGPD 7.7: bgpd.conf(5) has no option for it; later versions have one. */
        NO_IPV6_NEXT_HOPS("has no RFC 8950 in this version"),
        /** pfkey-linux.c of OpenBGPD 7.7: what it dials is signed, what it accepts is not. */
        NO_KEY_ON_LISTENER("signs only what it dials itself"),
        /** GoBGP reads of a restarting peer's families only that they are there. */
        NEVER_LOOKS_AT_F("keeps routes until End-of-RIB, whether they were forwarded or not"),
        /** GoBGP's soft reset works on what it has. */
        NEVER_ASKS("keeps all that it was sent and never asks");

        private final String text;

        Absence(String text) {
            this.text = text;
        }
    }

    private Matrix() {}

    /** Why this daemon does not show this row; empty if it does. */
    static Optional<Absence> absence(Row row, Daemon daemon) {
        return switch (row) {
            case ROUTES,
                    DIAL,
                    BE_DIALLED,
                    ROUTER_RESTARTS,
                    WE_RESTART,
                    SILENCE,
                    GRACEFUL_RESTART,
                    NEVER_BACK,
                    OUR_CEASE,
                    ITS_CEASE,
                    FOUR_OCTET_AS,
                    COMMUNITIES,
                    BANDWIDTH,
                    MD5_BE_DIALLED,
                    MD5_ROTATION,
                    TTL_SECURITY,
                    FLOOD -> Optional.empty();
            case SHARES -> when(daemon != Daemon.FRR, Absence.NO_SHARES);
            case ROLES -> when(daemon == Daemon.GOBGP, Absence.NO_ROLES);
            case MD5 -> when(daemon == Daemon.OPENBGPD, Absence.NO_KEY_ON_LISTENER);
            case REBOOT -> when(daemon == Daemon.GOBGP, Absence.NEVER_LOOKS_AT_F);
            case BFD -> when(daemon == Daemon.GOBGP || daemon == Daemon.OPENBGPD, Absence.NO_BFD);
            case IPV6_NEXT_HOP -> when(daemon == Daemon.OPENBGPD, Absence.NO_IPV6_NEXT_HOPS);
            case REFRESH -> when(daemon == Daemon.GOBGP, Absence.NEVER_ASKS);
            case TWO_OCTET_ROUTER -> when(daemon == Daemon.GOBGP, Absence.NO_TWO_OCTETS);
        };
    }

    /** The rows that this daemon shows, in order. */
    static List<Row> rows(Daemon daemon) {
        return Arrays.stream(Row.values())
                .filter(row -> absence(row, daemon).isEmpty())
                .toList();
    }

    /** The whole as a Markdown table, as docs/bgp-interoperability.md has it. */
    static String table() {
        String daemons =
                Arrays.stream(Daemon.values()).map(Daemon::title).collect(Collectors.joining(" | ", "| | ", " |\n"));
        String rule = "|---".repeat(Daemon.values().length + 1) + "|\n";
        return daemons + rule + Arrays.stream(Row.values()).map(Matrix::line).collect(Collectors.joining());
    }

    private static String line(Row row) {
        Stream<String> cells = Arrays.stream(Daemon.values())
                .map(daemon -> absence(row, daemon).map(why -> why.text).orElse("tested"));
        return Stream.concat(Stream.of(row.title()), cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static Optional<Absence> when(boolean holds, Absence absence) {
        return holds ? Optional.of(absence) : Optional.empty();
    }
}
