package dev.clarion.allocation;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What stands in the way of a Service. Many Services may share one; its words are formed once, when first asked for. */
final class Trouble {
    private final AllocationReason reason;
    private final List<PoolRefusal> refusals;
    private final Supplier<String> words;
    private @Nullable String message;

    Trouble(AllocationReason reason, Supplier<String> words, List<PoolRefusal> refusals) {
        this.reason = reason;
        this.words = words;
        this.refusals = refusals;
    }

    Trouble(AllocationReason reason, Supplier<String> words) {
        this(reason, words, List.of());
    }

    AllocationReason reason() {
        return reason;
    }

    /** What pools said, if they were asked. */
    List<PoolRefusal> refusals() {
        return refusals;
    }

    String message() {
        String formed = message;
        if (formed == null) {
            formed = Words.message(words.get());
            message = formed;
        }
        return formed;
    }
}
