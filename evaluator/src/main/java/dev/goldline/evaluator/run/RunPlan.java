package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.profile.ModeProfile;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.RunSnapshot;
import dev.goldline.reports.runlog.RunSnapshot.ModeSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run does: every problem of every set, in every mode, {@code samples} times.
 *
 * @param name the run's name
 * @param modes each with its sampling and limits; no mode twice
 * @param sets no name twice
 * @param samples attempts per problem and mode, 1 or more
 * @param seed attempts' seeds are derived from it
 */
public record RunPlan(
        String name, List<ModeSettings> modes, List<AskedSet> sets, PromptTemplate prompt, int samples, long seed) {
    /** The keys of all attempts are held in memory while a run is made. */
    private static final long MOST_ATTEMPTS = 1_000_000;

    /** @throws IllegalArgumentException if it is more than can be done in one run */
    public RunPlan {
        modes = List.copyOf(modes);
        sets = List.copyOf(sets);
        long attempts = (long) samples * modes.size() * problems(sets);
        if (attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException(samples + " samples of " + problems(sets) + " problems in "
                    + modes.size() + " modes are " + attempts + " attempts; a run has at most " + MOST_ATTEMPTS
                    + ": ask for fewer samples, or for several runs");
        }
    }

    private static int problems(List<AskedSet> sets) {
        return sets.stream().mapToInt(set -> set.problems().size()).sum();
    }

    /**
     * How a mode is asked where nothing else is said: as the model's profile has it.
     *
     * @throws IllegalArgumentException if the model lacks the mode
     */
    public static ModeSettings settings(ModelProfile profile, Mode mode) {
        return settings(mode, profile.mode(mode));
    }

    static ModeSettings settings(Mode mode, ModeProfile asked) {
        return new ModeSettings(
                dev.goldline.reports.runlog.Mode.ofLabel(mode.label()),
                asked.temperature(),
                asked.topP(),
                asked.topK(),
                asked.maxOutputTokens(),
                asked.thinkingBudget());
    }

    /** Attempts in the whole plan. */
    public int size() {
        return problems(sets) * modes.size() * samples;
    }

    /**
     * The snapshot that a run log starts with.
     *
     * @throws IllegalArgumentException if the plan cannot be: no mode, a mode twice, no sample, a mode the model lacks
     */
    RunSnapshot snapshot(ChatModel model, Judges judges, String version, Map<String, String> machine, Instant now) {
        for (ModeSettings settings : modes) {
            if (!model.modes().contains(Mode.ofLabel(settings.mode().label()))) {
                throw new IllegalArgumentException("model '" + model.name() + "' has no mode '"
                        + settings.mode().label() + "'; it has "
                        + String.join(
                                ", ",
                                model.modes().stream().sorted().map(Mode::label).toList()));
            }
        }
        return new RunSnapshot(
                RunSnapshot.SCHEMA_VERSION,
                version,
                name,
                new RunSnapshot.Model(model.name(), model.revision()),
                modes,
                sets.stream()
                        .map(set -> new RunSnapshot.SetFacts(
                                set.name(), set.contentHash(), set.problems().size()))
                        .toList(),
                samples,
                seed,
                judges.profile(),
                prompt.hash(),
                machine,
                now);
    }

    /**
     * The attempts in the order they are started: repeats outermost and modes innermost, so that figures seen on the
     * way compare like with like.
     */
    List<PlannedAttempt> attempts(String model) {
        List<PlannedAttempt> attempts = new ArrayList<>(size());
        for (int index = 0; index < samples; index++) {
            for (AskedSet set : sets) {
                for (Problem problem : set.problems()) {
                    for (ModeSettings settings : modes) {
                        AttemptKey key = new AttemptKey(set.name(), problem.id(), model, settings.mode(), index);
                        attempts.add(new PlannedAttempt(key, problem, settings, prompt, seedOf(key)));
                    }
                }
            }
        }
        return attempts;
    }

    /** The model is left out: two models, or two checkpoints of one, draw from the same random stream. */
    private long seedOf(AttemptKey key) {
        return Sha256.first64(
                "attempt seed v1",
                Long.toString(seed),
                key.set(),
                key.problem(),
                key.mode().label(),
                Integer.toString(key.index()));
    }
}
