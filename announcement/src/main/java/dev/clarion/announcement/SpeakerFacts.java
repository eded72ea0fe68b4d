package dev.clarion.announcement;

import dev.clarion.net.Prefix;
import java.util.List;

/**
 * What a live speaker says of itself.
 *
 * @param segments the networks that its node has a usable interface in. An address of layer 2 can only be owned by a
 *     node whose segments hold it
 */
public record SpeakerFacts(List<Prefix> segments) {
    public SpeakerFacts {
        segments = List.copyOf(segments);
    }
}
