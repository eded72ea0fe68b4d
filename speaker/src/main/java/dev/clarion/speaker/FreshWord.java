package dev.clarion.speaker;

import java.util.Optional;

/**
 * A request that somebody makes by writing another word than the last into an annotation. What stands there at first was
 * for an earlier run, and a word that goes asks for nothing. Not thread safe.
 */
final class FreshWord {
    private Optional<String> last = Optional.empty();
    private boolean begun;

    /** Whether this word asks. */
    boolean asks(Optional<String> word) {
        boolean fresh = begun && word.isPresent() && !word.equals(last);
        begun = true;
        last = word;
        return fresh;
    }
}
