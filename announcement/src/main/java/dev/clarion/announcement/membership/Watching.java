package dev.clarion.announcement.membership;

import java.util.List;

/**
 * What a turn of watching found.
 *
 * @param roster the next roster
 * @param probes kernels to ask
 * @param questions second opinions to ask for
 * @param lonely our interfaces on which any sign of life would be welcome: gateways are to be asked there
 * @param changed some condition changed
 * @param split a node whose speaker is heard is not reached on a segment any more
 */
public record Watching(
        Roster roster,
        List<Probe> probes,
        List<Question> questions,
        List<String> lonely,
        boolean changed,
        boolean split) {}
