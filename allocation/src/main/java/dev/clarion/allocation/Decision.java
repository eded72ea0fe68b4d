package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.List;

/** What was decided for one Service, and why. */
public sealed interface Decision {
    ServiceKey service();

    AllocationReason reason();

    /** The reason and its facts as a sentence for people. */
    String message();

    /**
     * It gets addresses it did not have.
     *
     * @param addresses all that it now has, primary family first
     * @param added those it did not have before
     */
    record Assigned(ServiceKey service, AllocationReason reason, String message, List<Ip> addresses, List<Ip> added)
            implements Decision {}

    /**
     * Addresses that its status named without an entry in the ledger are now its own.
     *
     * @param adopted those that were taken in
     */
    record Adopted(ServiceKey service, AllocationReason reason, String message, List<Ip> addresses, List<Ip> adopted)
            implements Decision {}

    /** It keeps what it has. */
    record Kept(ServiceKey service, AllocationReason reason, String message, List<Ip> addresses) implements Decision {}

    /**
     * It keeps what it has, of which some is no longer in any pool.
     *
     * @param outside the addresses that are in no pool
     */
    record KeptOutsidePool(
            ServiceKey service, AllocationReason reason, String message, List<Ip> addresses, List<Ip> outside)
            implements Decision {}

    /**
     * It lacks an address that it must have.
     *
     * @param addresses what it has all the same, and keeps
     * @param refusals what each pool said
     */
    record Waiting(
            ServiceKey service, AllocationReason reason, String message, List<Ip> addresses, List<PoolRefusal> refusals)
            implements Decision {}

    /** Its status was written by other hands and does not fit: reported, and left as it is. */
    record Foreign(ServiceKey service, AllocationReason reason, String message) implements Decision {}

    /** It is not for us to serve. */
    record NotOurs(ServiceKey service, AllocationReason reason, String message) implements Decision {}
}
