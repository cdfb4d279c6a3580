package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.Models;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.profile.ModeProfile;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.reports.runlog.RunSnapshot.ModeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked of whom, as the command line says it. What it leaves out, the model's profile says. */
final class RunOptions {
    @Option(
            names = "--model",
            defaultValue = "bundled",
            paramLabel = "MODEL",
            description = "bundled, a profile file or a checkpoint folder (default: ${DEFAULT-VALUE})")
    String model = "bundled";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "non-thinking, standard or speciale; may be repeated (default: every mode of the model that"
                    + " thinks)")
    List<String> modes = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "SET",
            description = "a bundled set or a folder; may be repeated (default: micro-math)")
    List<String> sets = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "ask only the first N problems of each set")
    @Nullable
    Integer limit;

    @Option(
            names = "--samples",
            defaultValue = "1",
            paramLabel = "N",
            description = "attempts per problem and mode (default: ${DEFAULT-VALUE})")
    int samples = 1;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "same seed, same tokens (default: ${DEFAULT-VALUE})")
    long seed = 1;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "most tokens of thought and answer together (default: the profile's)")
    @Nullable
    Integer maxTokens;

    @Option(
            names = "--thinking-budget",
            paramLabel = "N",
            description = "most tokens of thought; then the thought is closed and the answer follows")
    @Nullable
    Integer thinkingBudget;

    @Option(names = "--temperature", paramLabel = "X", description = "0 is greedy (default: the profile's)")
    @Nullable
    Double temperature;

    @Option(names = "--top-p", paramLabel = "X", description = "in (0, 1] (default: the profile's)")
    @Nullable
    Double topP;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "attempts at once; changes speed, never tokens (default: the processors)")
    int concurrency = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "folder of the run; if it holds this run already, it is resumed (default: a folder under runs/"
                            + " named by what is asked, so that the same command resumes)")
    @Nullable
    Path out;

    /**
     * The plan these options make.
     *
     * @throws IllegalArgumentException if an option is out of range, or names what is not there
     * @throws IOException if a file cannot be read
     */
    RunPlan plan(ModelProfile profile) throws IOException {
        checkRanges();
        List<AskedSet> asked = new ArrayList<>();
        for (String name : sets.isEmpty() ? List.of("micro-math") : new LinkedHashSet<>(sets)) {
            AskedSet set = ProblemSets.find(name);
            asked.add(limit == null ? set : set.first(limit));
        }
        List<ModeSettings> settings =
                modes(profile).stream().map(mode -> settings(profile, mode)).toList();
        String name = profile.name() + "-"
                + String.join("-", asked.stream().map(AskedSet::name).toList());
        return new RunPlan(name, settings, asked, PromptTemplate.PLAIN, samples, seed);
    }

    private void checkRanges() {
        check("--limit", limit, n -> n >= 1, "1 or more");
        check("--samples", samples, n -> n >= 1, "1 or more");
        check("--max-tokens", maxTokens, n -> n >= 1, "1 or more");
        check("--thinking-budget", thinkingBudget, n -> n >= 0, "0 or more");
        check("--temperature", temperature, x -> x >= 0 && x <= Double.MAX_VALUE, "0 or more, and finite");
        check("--top-p", topP, x -> x > 0 && x <= 1, "more than 0 and at most 1");
        check("--concurrency", concurrency, n -> n >= 1, "1 or more");
    }

    private static <T> void check(String option, @Nullable T value, Predicate<T> inRange, String range) {
        if (value != null && !inRange.test(value)) {
            throw new IllegalArgumentException(option + " must be " + range + ", was " + value);
        }
    }

    /** What {@link Models} is to open. */
    ModelProfile profile() throws IOException {
        return Models.profile(model);
    }

    /** Where the run goes: as asked, or named by all that makes the run what it is. */
    Path folder(RunPlan plan, String revision) {
        if (out != null) {
            return out;
        }
        String identity = Sha256.hex(
                "run folder v1",
                revision,
                plan.modes().toString(),
                plan.sets().stream()
                        .map(set -> set.name() + " " + set.contentHash() + " "
                                + set.problems().size())
                        .toList()
                        .toString(),
                plan.prompt().text(),
                Integer.toString(plan.samples()),
                Long.toString(plan.seed()));
        return Path.of("runs", plan.name() + "-" + identity.substring(0, 8));
    }

    private List<Mode> modes(ModelProfile profile) {
        if (!modes.isEmpty()) {
            return modes.stream().distinct().map(Mode::ofLabel).toList();
        }
        List<Mode> thinking = profile.modeSet().stream()
                .filter(mode -> mode != Mode.NON_THINKING)
                .toList();
        return thinking.isEmpty() ? List.copyOf(profile.modeSet()) : thinking;
    }

    private ModeSettings settings(ModelProfile profile, Mode mode) {
        ModeProfile defaults = profile.mode(mode);
        ModeProfile asked = new ModeProfile(
                temperature == null ? defaults.temperature() : temperature,
                topP == null ? defaults.topP() : topP,
                defaults.topK(),
                maxTokens == null ? defaults.maxOutputTokens() : maxTokens,
                thinkingBudget == null ? defaults.thinkingBudget() : OptionalInt.of(thinkingBudget),
                defaults.systemPrefix(),
                defaults.tools());
        return RunPlan.settings(mode, asked);
    }
}
