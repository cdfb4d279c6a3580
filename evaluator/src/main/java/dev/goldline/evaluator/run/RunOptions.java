package dev.goldline.evaluator.run;

import dev.goldline.evaluator.schedule.Limit;
import dev.goldline.evaluator.suite.Suite;
import dev.goldline.evaluator.suite.SuiteReader;
import dev.goldline.modelruntime.Models;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.profile.ModeProfile;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.reports.runlog.RunSnapshot.ModeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is asked of whom, as the command line says it. What it leaves out, the model's profile says. */
final class RunOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "SUITE",
            description = "a shipped suite (micro-math, math, ioi, icpc) or a suite's YAML file; flags win over it")
    @Nullable
    String suite;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "bundled, a profile file or a checkpoint folder (default: the suite's, else bundled)")
    @Nullable
    String model;

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
            paramLabel = "N",
            description = "attempts per problem and mode (default: the suite's, else 1)")
    @Nullable
    Integer samples;

    @Option(names = "--seed", paramLabel = "N", description = "same seed, same tokens (default: the suite's, else 1)")
    @Nullable
    Long seed;

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
            description = "most requests at once; changes speed, never tokens (default: the suite's, else the"
                    + " processors)")
    @Nullable
    Integer concurrency;

    @Option(
            names = "--stop-when-settled",
            description = "no more attempts at a problem once the majority of its answers cannot change")
    boolean stopWhenSettled;

    @Option(names = "--most-tokens", paramLabel = "N", description = "end the run at so many output tokens")
    @Nullable
    Long mostTokens;

    @Option(names = "--most-money", paramLabel = "X", description = "end the run at so much, by the profile's prices")
    @Nullable
    Double mostMoney;

    @Option(names = "--most-minutes", paramLabel = "N", description = "end this sitting after so many minutes")
    @Nullable
    Integer mostMinutes;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "folder of the run; if it holds this run already, it is resumed (default: a folder under runs/"
                            + " named by what is asked, so that the same command resumes)")
    @Nullable
    Path out;

    /** The suite named; nothing is said by it if none is. */
    Suite suite() throws IOException {
        return suite == null ? Suite.NONE : SuiteReader.find(suite);
    }

    /** The models to ask, one after another. */
    List<String> models(Suite asked) {
        if (model != null) {
            return List.of(model);
        }
        return asked.models().isEmpty() ? List.of("bundled") : asked.models();
    }

    /**
     * The plan these options make.
     *
     * @throws IllegalArgumentException if an option is out of range, or names what is not there
     * @throws IOException if a file cannot be read
     */
    RunPlan plan(Suite suite, ModelProfile profile) throws IOException {
        checkRanges(suite);
        List<AskedSet> asked = new ArrayList<>();
        List<String> named = !sets.isEmpty() ? sets : suite.sets().isEmpty() ? List.of("micro-math") : suite.sets();
        Integer first = limit != null ? limit : boxed(suite.limit());
        for (String name : new LinkedHashSet<>(named)) {
            AskedSet set = ProblemSets.find(name);
            asked.add(first == null ? set : set.first(first));
        }
        List<ModeSettings> settings = modes(suite, profile).stream()
                .map(mode -> settings(suite, profile, mode))
                .toList();
        String name = (suite.name().isEmpty() ? "" : suite.name() + "-") + profile.name() + "-"
                + String.join("-", asked.stream().map(AskedSet::name).toList());
        return new RunPlan(
                name,
                settings,
                asked,
                suite.prompt().equals("boxed") ? PromptTemplate.BOXED : PromptTemplate.PLAIN,
                samples != null ? samples : suite.samples().orElse(1),
                seed != null ? seed : suite.seed().orElse(1));
    }

    /** How the run is carried out. */
    RunSettings settings(Suite suite, ModelProfile profile) {
        Limit run = new Limit(
                mostTokens != null
                        ? OptionalLong.of(mostTokens)
                        : suite.runLimit().tokens(),
                mostMoney != null
                        ? OptionalDouble.of(mostMoney)
                        : suite.runLimit().money(),
                mostMinutes != null
                        ? Optional.of(Duration.ofMinutes(mostMinutes))
                        : suite.runLimit().wall(),
                suite.runLimit().attempts());
        int most = concurrency != null
                ? concurrency
                : suite.concurrency().orElse(Runtime.getRuntime().availableProcessors());
        return new RunSettings(
                most,
                new Limits(suite.attemptLimit(), suite.problemLimit(), run),
                stopWhenSettled || suite.stopWhenSettled(),
                profile.prices(),
                Timing.system());
    }

    private static @Nullable Integer boxed(OptionalInt value) {
        return value.isPresent() ? (Integer) value.getAsInt() : null;
    }

    private void checkRanges(Suite suite) {
        check("--limit", limit != null ? limit : boxed(suite.limit()), n -> n >= 1, "1 or more");
        check("--samples", samples != null ? samples : boxed(suite.samples()), n -> n >= 1, "1 or more");
        check("--max-tokens", maxTokens, n -> n >= 1, "1 or more");
        check("--thinking-budget", thinkingBudget, n -> n >= 0, "0 or more");
        check("--temperature", temperature, x -> x >= 0 && x <= Double.MAX_VALUE, "0 or more, and finite");
        check("--top-p", topP, x -> x > 0 && x <= 1, "more than 0 and at most 1");
        check("--concurrency", concurrency, n -> n >= 1, "1 or more");
        check("--most-tokens", mostTokens, n -> n >= 1, "1 or more");
        check("--most-money", mostMoney, x -> x > 0 && x <= Double.MAX_VALUE, "more than 0, and finite");
        check("--most-minutes", mostMinutes, n -> n >= 1, "1 or more");
    }

    private static <T> void check(String option, @Nullable T value, Predicate<T> inRange, String range) {
        if (value != null && !inRange.test(value)) {
            throw new IllegalArgumentException(option + " must be " + range + ", was " + value);
        }
    }

    /** What {@link Models} is to open. */
    static ModelProfile profile(String name) throws IOException {
        return Models.profile(name);
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

    private List<Mode> modes(Suite suite, ModelProfile profile) {
        List<String> named = modes.isEmpty() ? suite.modes() : modes;
        if (suite.tools() && named.contains("speciale")) {
            throw new IllegalArgumentException("suite " + suite.name() + " asks for tools, which mode speciale was"
                    + " trained without: ask mode standard, or leave out tools");
        }
        if (!named.isEmpty()) {
            return named.stream().distinct().map(Mode::ofLabel).toList();
        }
        List<Mode> thinking = profile.modeSet().stream()
                .filter(mode -> mode != Mode.NON_THINKING)
                .toList();
        return thinking.isEmpty() ? List.copyOf(profile.modeSet()) : thinking;
    }

    private ModeSettings settings(Suite suite, ModelProfile profile, Mode mode) {
        ModeProfile defaults = profile.mode(mode);
        ModeProfile asked = new ModeProfile(
                temperature != null ? temperature : suite.temperature().orElse(defaults.temperature()),
                topP != null ? topP : suite.topP().orElse(defaults.topP()),
                defaults.topK(),
                maxTokens != null ? maxTokens : suite.maxOutputTokens().orElse(defaults.maxOutputTokens()),
                thinkingBudget != null
                        ? OptionalInt.of(thinkingBudget)
                        : suite.thinkingBudget().isPresent() ? suite.thinkingBudget() : defaults.thinkingBudget(),
                defaults.systemPrefix(),
                defaults.tools());
        return RunPlan.settings(mode, asked);
    }
}
