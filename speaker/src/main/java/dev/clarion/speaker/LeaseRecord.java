package dev.clarion.speaker;

import dev.clarion.announcement.LeaseFacts;
import dev.clarion.announcement.SpeakerFacts;
import dev.clarion.config.Names;
import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Prefix;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of a speaker's Lease. */
record LeaseRecord(String node, LeaseFacts facts) {
    /** On a speaker's Lease: the networks in which its node has a usable interface, parted by commas. */
    static final String SEGMENTS_ANNOTATION = "clarion.dev/segments";
    /** No lease may keep a dead speaker alive for longer. */
    private static final int LONGEST_SECONDS = 60;

    /** Empty for Leases that are not a speaker's. */
    static Optional<LeaseRecord> from(Lease lease) {
        String name = lease.getMetadata().getName();
        LeaseSpec spec = lease.getSpec();
        if (!name.startsWith(Names.SPEAKER_LEASE_PREFIX) || spec == null) {
            return Optional.empty();
        }
        Integer seconds = spec.getLeaseDurationSeconds();
        boolean released =
                spec.getHolderIdentity() == null || spec.getHolderIdentity().isEmpty();
        LeaseFacts facts = new LeaseFacts(
                spec.getRenewTime() + " " + spec.getHolderIdentity(),
                Duration.ofSeconds(seconds == null ? 0 : Math.clamp(seconds, 0, LONGEST_SECONDS)),
                released,
                new SpeakerFacts(segments(lease.getMetadata().getAnnotations())));
        return Optional.of(new LeaseRecord(name.substring(Names.SPEAKER_LEASE_PREFIX.length()), facts));
    }

    private static List<Prefix> segments(@Nullable Map<String, String> annotations) {
        String text = annotations == null ? "" : annotations.getOrDefault(SEGMENTS_ANNOTATION, "");
        List<Prefix> segments = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isEmpty()) {
                parse(part).ifPresent(segments::add);
            }
        }
        return segments;
    }

    /** A speaker of a later version may say more than we understand; the rest still counts. */
    private static Optional<Prefix> parse(String text) {
        try {
            return Optional.of(Prefix.parse(text));
        } catch (AddressSyntaxException ofAnotherVersion) {
            return Optional.empty();
        }
    }
}
