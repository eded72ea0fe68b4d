package dev.clarion.speaker;

/** Why this node does not even try to reach a peer of the configuration. */
enum PeerObstacle {
    /** The Secret that its password is in cannot be seen: it is not there, or the API is away. */
    PASSWORD_MISSING(
            "its password is not known: there is no Secret %s in Clarion's namespace, or it could not be read yet"),
    /** The Secret is there and is no password. */
    PASSWORD_UNUSABLE(
            "Secret %s is not of type kubernetes.io/basic-auth, or its entry 'password' is not 1 to 80 bytes of UTF-8"),
    /** Passwords are read from Clarion's own namespace only. */
    PASSWORD_ELSEWHERE("Secret %s is in another namespace; only those in Clarion's own are read"),
    /** It is to dial, and nobody here picks up. */
    NOT_LISTENING("it is passive, and this speaker does not listen: start speakers with --bgp-listen"),
    /** Two fields do not go together. */
    IMPOSSIBLE("%s");

    private final String text;

    PeerObstacle(String text) {
        this.text = text;
    }

    /** In words, with its facts. */
    String text(String facts) {
        return text.formatted(facts);
    }
}
