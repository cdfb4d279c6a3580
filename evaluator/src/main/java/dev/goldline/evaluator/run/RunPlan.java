package dev.goldline.evaluator.run;

import dev.goldline.evaluator.schedule.SeededOrder;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.profile.ModeProfile;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.RunSnapshot;
import dev.goldline.reports.runlog.RunSnapshot.ModeSettings;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

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
    /** Beyond this a plan is more likely a slip of the hand, and every attempt still takes a line of the log. */
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
     * The attempts in the order they are started: repeats outermost and modes innermost, so that figures seen on the way
     * compare like with like; problems in an order of the seed's, another in each repeat, so that neither the time of day
     * nor a run cut short favours the beginning of a set. A view: an attempt is made when it is asked for.
     */
    List<PlannedAttempt> attempts(String model) {
        return new Attempts(model);
    }

    /** Makes an attempt of its position. */
    private final class Attempts extends AbstractList<PlannedAttempt> implements RandomAccess {
        private final String model;
        private final List<SetProblem> problems;

        Attempts(String model) {
            this.model = model;
            this.problems = sets.stream()
                    .flatMap(set -> set.problems().stream().map(problem -> new SetProblem(set.name(), problem)))
                    .toList();
        }

        @Override
        public PlannedAttempt get(int position) {
            Objects.checkIndex(position, size());
            ModeSettings settings = modes.get(position % modes.size());
            int row = position / modes.size();
            int index = row / problems.size();
            int place = new SeededOrder(problems.size(), seed + index).at(row % problems.size());
            SetProblem asked = problems.get(place);
            AttemptKey key = new AttemptKey(asked.set, asked.problem.id(), model, settings.mode(), index);
            return new PlannedAttempt(key, asked.problem, settings, prompt, seedOf(key));
        }

        @Override
        public int size() {
            return RunPlan.this.size();
        }
    }

    private record SetProblem(String set, Problem problem) {}

    /** The seed of an attempt. The model is left out: two models, or two checkpoints of one, draw from the same random stream. */
    public long seedOf(AttemptKey key) {
        return Sha256.first64(
                "attempt seed v1",
                Long.toString(seed),
                key.set(),
                key.problem(),
                key.mode().label(),
                Integer.toString(key.index()));
    }
}
