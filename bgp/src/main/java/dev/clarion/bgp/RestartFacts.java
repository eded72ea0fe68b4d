package dev.clarion.bgp;

import java.util.Optional;

/**
 * What decides whether a start is a restart, to peers that keep routes (RFC 4724).
 *
 * @param bootId the kernel's identity of this boot; another one means that nothing was forwarded meanwhile
 * @param before what the process before this one left behind
 */
public record RestartFacts(String bootId, Optional<RestartRecord> before) {
    /** Nothing is known: a first start. */
    public static final RestartFacts NONE = new RestartFacts("", Optional.empty());
}
