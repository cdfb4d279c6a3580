package dev.goldline.evaluator.run;

import dev.goldline.evaluator.schedule.Limit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stacked limits of a run. An attempt that reaches its own or its problem's is cut off and counts as censored; a
 * problem at its limit gets no more attempts; a run at its limit ends, its streams kept so that it can go on.
 *
 * @param attempt of each attempt, its broken tries included
 * @param problem of all attempts at a problem together, in every mode
 * @param run of the whole run, earlier sittings included
 */
public record Limits(Limit attempt, Limit problem, Limit run) {
    public static final Limits NONE = new Limits(Limit.NONE, Limit.NONE, Limit.NONE);

    boolean isNone() {
        return equals(NONE);
    }

    /** The limits there are, by scope, in words. */
    Map<String, String> inWords() {
        Map<String, String> words = new LinkedHashMap<>();
        put(words, "attempt limit", attempt);
        put(words, "problem limit", problem);
        put(words, "run limit", run);
        return words;
    }

    private static void put(Map<String, String> words, String name, Limit limit) {
        if (!limit.isNone()) {
            words.put(name, limit.toString());
        }
    }
}
