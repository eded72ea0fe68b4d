package dev.clarion.bgp.fsm;

import java.util.Optional;

/** What a speaker is to its peer of another AS, in terms of who pays whom for transit (RFC 9234 section 4). */
public enum Role {
    /** Sells transit to the peer. */
    PROVIDER(0),
    /** A route server. */
    RS(1),
    /** Uses a route server. */
    RS_CLIENT(2),
    /** Buys transit from the peer. */
    CUSTOMER(3),
    /** Exchanges own routes and those of customers. */
    PEER(4);

    private final int number;

    Role(int number) {
        this.number = number;
    }

    /** As the capability has it. */
    public int number() {
        return number;
    }

    /** The role of a number; empty for one that nobody has been given. */
    public static Optional<Role> of(int number) {
        for (Role role : values()) {
            if (role.number == number) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** What the peer must be (RFC 9234 section 4.2, table 2). */
    public Role counterpart() {
        return switch (this) {
            case PROVIDER -> CUSTOMER;
            case RS -> RS_CLIENT;
            case RS_CLIENT -> RS;
            case CUSTOMER -> PROVIDER;
            case PEER -> PEER;
        };
    }

    /** Whether routes to the peer are marked as for its customers only (RFC 9234 section 5, egress, rule 1). */
    public boolean marksOnlyToCustomer() {
        return switch (this) {
            case PROVIDER, RS, PEER -> true;
            case CUSTOMER, RS_CLIENT -> false;
        };
    }
}
