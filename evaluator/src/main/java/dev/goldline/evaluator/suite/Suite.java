package dev.goldline.evaluator.suite;

import dev.goldline.evaluator.schedule.Limit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a suite asks: each model, in each mode, every problem of each set, so many times. What is empty is left to the
 * command line, and then to the model's profile.
 *
 * @param models names, profile files or checkpoint folders
 * @param prompt {@code plain} or {@code boxed}
 * @param stopWhenSettled whether a problem gets no more attempts once its majority cannot change
 */
public record Suite(
        String name,
        List<String> models,
        List<String> modes,
        List<String> sets,
        OptionalInt samples,
        OptionalInt limit,
        OptionalInt seed,
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt maxOutputTokens,
        OptionalInt thinkingBudget,
        String prompt,
        OptionalInt concurrency,
        boolean tools,
        boolean stopWhenSettled,
        Limit attemptLimit,
        Limit problemLimit,
        Limit runLimit,
        Optional<Selection> selection) {
    /** What nothing is said by. */
    public static final Suite NONE = new Suite(
            "",
            List.of(),
            List.of(),
            List.of(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            "plain",
            OptionalInt.empty(),
            false,
            false,
            Limit.NONE,
            Limit.NONE,
            Limit.NONE,
            Optional.empty());

    /** @throws IllegalArgumentException if tools are asked for in speciale mode, or the prompt is unknown */
    public Suite {
        models = List.copyOf(models);
        modes = List.copyOf(modes);
        sets = List.copyOf(sets);
        if (tools && modes.contains("speciale")) {
            throw new IllegalArgumentException("asks for tools in mode speciale, which was trained without them and"
                    + " calls none: leave out tools, or ask mode standard");
        }
        if (!prompt.equals("plain") && !prompt.equals("boxed")) {
            throw new IllegalArgumentException("prompt is '" + prompt + "'; use plain or boxed");
        }
    }

    /**
     * Which attempts at a problem are submitted.
     *
     * @param filter whether attempts without an answer, cut off or unscored are left out first
     * @param longestThoughts so many of the rest, those with the longest thoughts
     */
    public record Selection(boolean filter, int longestThoughts) {}
}
