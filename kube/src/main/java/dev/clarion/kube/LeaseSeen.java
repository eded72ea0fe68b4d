package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.util.Optional;

/**
 * What a watch keeps of a Lease: {@code ReducedWatch.of(client, Lease.class)...start(LeaseSeen::of, ...)}.
 *
 * @param holder who holds it; empty if it was given back
 * @param renewal changes with every renewal and means nothing else: clocks of other machines are not trusted
 */
public record LeaseSeen(String holder, String renewal) {
    public static Optional<LeaseSeen> of(Lease lease) {
        LeaseSpec spec = lease.getSpec();
        String holder = spec == null || spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity();
        return Optional.of(new LeaseSeen(holder, lease.getMetadata().getResourceVersion()));
    }
}
