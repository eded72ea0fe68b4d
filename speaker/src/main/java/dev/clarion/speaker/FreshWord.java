package dev.clarion.speaker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody makes by writing another word than the last into an annotation. What stands there at first was
 * for an earlier run, and a word that goes asks for nothing. Not thread safe.
 */
final class FreshWord {
    private @Nullable Optional<String> last;

    /** Whether this word asks. */
    boolean asks(Optional<String> word) {
        boolean fresh = last != null && word.isPresent() && !word.equals(last);
        last = word;
        return fresh;
    }
}
