package dev.clarion.config;

/** Ends the reading of a document of which nothing can be told; never leaves the package. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    UnreadableException(ProblemReason reason, Position at, String message) {
        super(message);
        this.problem = new Problem(Severity.ERROR, reason, Origin.CONFIG_MAP, "", "", at.line(), at.column(), message);
    }

    Problem problem() {
        return problem;
    }
}
