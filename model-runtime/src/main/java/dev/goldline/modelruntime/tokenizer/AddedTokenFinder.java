package dev.goldline.modelruntime.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds added tokens in text: the leftmost first, and of those that start together the longest. */
final class AddedTokenFinder {
    /** One added token in a text. */
    record Match(int start, int end, int id) {}

    private record Candidate(String text, int id) {}

    private final Map<Character, List<Candidate>> byFirst = new HashMap<>();

    AddedTokenFinder(Map<String, Integer> idsByText) {
        idsByText.forEach((text, id) ->
                byFirst.computeIfAbsent(text.charAt(0), c -> new ArrayList<>()).add(new Candidate(text, id)));
        for (List<Candidate> candidates : byFirst.values()) {
            candidates.sort(
                    Comparator.comparingInt((Candidate c) -> -c.text.length()).thenComparing(Candidate::text));
        }
    }

    /** The next match at or after {@code from}, or null if there is none. */
    @Nullable
    Match find(String text, int from) {
        if (byFirst.isEmpty()) {
            return null;
        }
        for (int i = from; i < text.length(); i++) {
            List<Candidate> candidates = byFirst.get(text.charAt(i));
            if (candidates == null) {
                continue;
            }
            for (Candidate candidate : candidates) {
                if (text.startsWith(candidate.text, i)) {
                    return new Match(i, i + candidate.text.length(), candidate.id);
                }
            }
        }
        return null;
    }
}
