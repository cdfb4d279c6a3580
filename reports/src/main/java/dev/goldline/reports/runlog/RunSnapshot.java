package dev.goldline.reports.runlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a run was asked to do, and with what: {@code run.json}.
 *
 * @param schemaVersion version of the log format, {@link #SCHEMA_VERSION} where this code writes it
 * @param goldlineVersion version of the program that made the run
 * @param name the run's name
 * @param model who answers
 * @param modes the modes asked, each with its sampling and limits, in the order given
 * @param sets the problem sets asked, in the order given
 * @param samples attempts per problem and mode, 1 or more
 * @param seed the seed from which every attempt's seed is derived
 * @param judgeProfile what judged and by which rules
 * @param promptHash hash of the prompt templates
 * @param machine facts of the machine, such as {@code cpu}, {@code cores}, {@code os}, {@code java}; in order
 * @param createdAt when the run was first started
 */
public record RunSnapshot(
        int schemaVersion,
        String goldlineVersion,
        String name,
        Model model,
        List<ModeSettings> modes,
        List<SetFacts> sets,
        int samples,
        long seed,
        String judgeProfile,
        String promptHash,
        Map<String, String> machine,
        Instant createdAt) {
    /** The version of the log format that this code writes; it reads this one and those before. */
    public static final int SCHEMA_VERSION = 2;

    /**
     * Who answers.
     *
     * @param revision what exactly answers: a hash of the weights, or the served version
     */
    public record Model(String name, String revision) {
        @Override
        public String toString() {
            return name + " (revision " + revision + ")";
        }
    }

    /**
     * How one mode is asked.
     *
     * @param temperature 0 takes the most likely token
     * @param topP in (0, 1]
     * @param topK 0 keeps all tokens
     * @param maxOutputTokens most tokens of thought and answer together
     * @param thinkingBudget most tokens of thought, if it is limited
     */
    public record ModeSettings(
            Mode mode, double temperature, double topP, int topK, int maxOutputTokens, OptionalInt thinkingBudget) {
        @Override
        public String toString() {
            return mode.label() + " (temperature " + temperature + ", top-p " + topP + ", top-k " + topK + ", at most "
                    + maxOutputTokens + " tokens"
                    + (thinkingBudget.isPresent() ? ", " + thinkingBudget.getAsInt() + " of thought)" : ")");
        }
    }

    /**
     * A problem set as it was asked.
     *
     * @param contentHash hash over its problems
     * @param problems how many were asked
     */
    public record SetFacts(String name, String contentHash, int problems) {
        @Override
        public String toString() {
            return name + " (" + problems + " problems of content hash " + contentHash + ")";
        }
    }

    public RunSnapshot {
        modes = List.copyOf(modes);
        sets = List.copyOf(sets);
        machine = Labels.facts(machine);
        if (modes.isEmpty() || sets.isEmpty()) {
            throw new IllegalArgumentException("run '" + name + "' needs a mode and a problem set");
        }
        if (samples < 1) {
            throw new IllegalArgumentException("run '" + name + "' must take 1 sample or more, takes " + samples);
        }
        Set<Object> seen = new HashSet<>();
        for (ModeSettings settings : modes) {
            if (!seen.add(settings.mode())) {
                throw new IllegalArgumentException(
                        "run '" + name + "' names mode '" + settings.mode().label() + "' twice");
            }
        }
        for (SetFacts set : sets) {
            if (!seen.add(set.name())) {
                throw new IllegalArgumentException("run '" + name + "' names set '" + set.name() + "' twice");
            }
        }
    }

    /**
     * What a resumed run would do otherwise than the run in the folder: one sentence a difference, empty if none
     * matters. Version, machine and time may differ.
     */
    public List<String> differencesFrom(RunSnapshot recorded) {
        List<String> differences = new ArrayList<>();
        compare(differences, "model", recorded.model, model);
        compare(differences, "modes", recorded.modes, modes);
        compare(differences, "sets", recorded.sets, sets);
        compare(differences, "samples", recorded.samples, samples);
        compare(differences, "seed", recorded.seed, seed);
        compare(differences, "judge profile", recorded.judgeProfile, judgeProfile);
        compare(differences, "prompt hash", recorded.promptHash, promptHash);
        return List.copyOf(differences);
    }

    private static void compare(List<String> differences, String what, Object recorded, Object asked) {
        if (!Objects.equals(recorded, asked)) {
            differences.add(what + ": the run has " + recorded + ", asked for now is " + asked);
        }
    }
}
