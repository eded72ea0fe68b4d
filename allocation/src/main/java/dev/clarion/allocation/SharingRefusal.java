package dev.clarion.allocation;

import java.util.Optional;

/**
 * Why two Services cannot have one address.
 *
 * @param rule the rule that stands against it
 * @param other the Service that is there
 * @param facts what exactly, in words
 */
record SharingRefusal(Rule rule, ServiceKey other, String facts) {
    enum Rule {
        /** One of them shares with nobody. */
        NO_KEY,
        /** Their keys differ. */
        OTHER_KEY,
        /** They are of two namespaces and do not both consent. */
        NO_CONSENT,
        /** They use the same port. */
        PORT_COLLISION,
        /** Traffic stays on the node for one of them, and other Pods stand behind the other. */
        OTHER_BACKEND,
        /** So many have it that nobody is added. */
        CROWDED,
        /** Who is there is about to leave, or uses it otherwise than it said. */
        UNSETTLED
    }

    /** What speaks against a Service on these terms beside one that is there; empty if nothing does. */
    static Optional<SharingRefusal> of(
            ServiceKey mine, Optional<SharingTerms> myTerms, ServiceKey other, Optional<SharingTerms> otherTerms) {
        if (myTerms.isEmpty() || otherTerms.isEmpty()) {
            return refusal(Rule.NO_KEY, other, other + " has it");
        }
        SharingTerms a = myTerms.get();
        SharingTerms b = otherTerms.get();
        if (!a.key().equals(b.key())) {
            return refusal(Rule.OTHER_KEY, other, other + " has it under another sharing key");
        }
        if (!mine.namespace().equals(other.namespace())
                && !(a.consentsTo(other.namespace()) && b.consentsTo(mine.namespace()))) {
            return refusal(
                    Rule.NO_CONSENT,
                    other,
                    other + " of another namespace has it, and not both consent by clarion.dev/sharing-namespaces");
        }
        Optional<ServicePort> port = a.collision(b);
        if (port.isPresent()) {
            return refusal(Rule.PORT_COLLISION, other, other + " uses port " + port.get() + " of it");
        }
        if (!a.backend().equals(b.backend())) {
            return refusal(
                    Rule.OTHER_BACKEND,
                    other,
                    other + " has it with another externalTrafficPolicy, or with Local and another selector");
        }
        return Optional.empty();
    }

    private static Optional<SharingRefusal> refusal(Rule rule, ServiceKey other, String facts) {
        return Optional.of(new SharingRefusal(rule, other, facts));
    }
}
