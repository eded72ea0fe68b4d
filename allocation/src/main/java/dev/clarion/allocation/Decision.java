package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.List;

/** What was decided for one Service, and why. */
public sealed interface Decision {
    ServiceKey service();

    AllocationReason reason();

    /** The reason and its facts as a sentence for people. */
    String message();

    /** The annotations and fields by which the Service asks and that have a successor. */
    default List<String> deprecated() {
        return List.of();
    }

    /**
     * It gets addresses it did not have.
     *
     * @param addresses all that it now has, primary family first
     * @param added those it did not have before
     */
    record Assigned(
            ServiceKey service,
            AllocationReason reason,
            String message,
            List<Ip> addresses,
            List<Ip> added,
            List<String> deprecated)
            implements Decision {}

    /**
     * Addresses that its status named without an entry in the ledger are now its own.
     *
     * @param adopted those that were taken in
     */
    record Adopted(
            ServiceKey service,
            AllocationReason reason,
            String message,
            List<Ip> addresses,
            List<Ip> adopted,
            List<String> deprecated)
            implements Decision {}

    /** It keeps what it has. */
    record Kept(
            ServiceKey service, AllocationReason reason, String message, List<Ip> addresses, List<String> deprecated)
            implements Decision {}

    /**
     * It keeps what it has, of which it would not be given some today.
     *
     * @param marks which addresses, and why not
     */
    record KeptMarked(
            ServiceKey service,
            AllocationReason reason,
            String message,
            List<Ip> addresses,
            List<Mark> marks,
            List<String> deprecated)
            implements Decision {}

    /**
     * An address that is kept although it would not be given today.
     *
     * @param ip the address
     * @param reason why not
     */
    record Mark(Ip ip, AllocationReason reason) {}

    /**
     * It lacks an address that it must have.
     *
     * @param addresses what it has all the same, and keeps
     * @param refusals what each pool said
     */
    record Waiting(
            ServiceKey service,
            AllocationReason reason,
            String message,
            List<Ip> addresses,
            List<PoolRefusal> refusals,
            List<String> deprecated)
            implements Decision {}

    /** Its status was written by other hands and does not fit: reported, and left as it is. */
    record Foreign(ServiceKey service, AllocationReason reason, String message) implements Decision {}

    /** It is not for us to serve. */
    record NotOurs(ServiceKey service, AllocationReason reason, String message) implements Decision {}
}
