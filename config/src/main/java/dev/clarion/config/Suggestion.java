package dev.clarion.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
final class Suggestion {
    private static final int LONGEST = 64;

    private Suggestion() {}

    /** The closest of the known words, if it is no more than a quarter of its letters (or two) away. */
    static Optional<String> of(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(letters(word), letters(candidate));
            if (distance < bestDistance
                    && distance <= Math.max(Math.min(2, candidate.length() / 3), candidate.length() / 4)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** {@code "; did you mean 'x'?"}, or nothing. */
    static String advice(String word, Collection<String> known) {
        return of(word, known).map(meant -> "; did you mean '" + meant + "'?").orElse("");
    }

    private static String letters(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
