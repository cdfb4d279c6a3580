package dev.goldline.reports.leaderboard;

import dev.goldline.reports.attempts.AttemptFact;
import dev.goldline.reports.attempts.Field;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.StopReason;
import dev.goldline.reports.statistics.Bootstrap;
import dev.goldline.reports.statistics.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * One model on one set in one mode. Token and speed figures are over attempts that are not unscored and whose tokens
 * are known; truncated attempts count with the tokens they had.
 *
 * @param problems problems attempted
 * @param attempts attempts in the log
 * @param expected attempts the run asks for; more than {@code attempts} while it is not finished
 * @param counts attempts by outcome label, all five always there
 * @param stops attempts by stop reason label, those that occur
 * @param truncated scored attempts that a limit cut off; counted as not solved
 * @param truncatedShare of scored attempts
 * @param truncatedCorrect of the truncated, those that held a correct answer all the same
 * @param forced scored attempts whose thought the thinking budget closed
 * @param tokensUnknown scored attempts whose tokens nobody counted
 * @param accuracy share solved, of scored attempts
 * @param score mean share of points; only there if a verdict gave some but not all
 * @param passAtK for k of 2, 4, 8 … up to the fewest scored attempts at a problem
 * @param speed output tokens a second of one stream
 */
public record Row(
        Mode mode,
        int problems,
        int attempts,
        int expected,
        Map<String, Integer> counts,
        Map<String, Integer> stops,
        int truncated,
        Optional<Estimate> truncatedShare,
        int truncatedCorrect,
        int forced,
        int tokensUnknown,
        Optional<Estimate> accuracy,
        Optional<Estimate> score,
        List<PassAtKFigure> passAtK,
        Optional<Estimate> meanThinkingTokens,
        Optional<Estimate> medianThinkingTokens,
        Optional<Estimate> meanOutputTokens,
        Optional<Estimate> medianOutputTokens,
        Optional<Estimate> speed,
        List<FamilyRow> families) {

    /** The mean over problems of the chance that at least one of k attempts is solved. */
    public record PassAtKFigure(int k, Estimate estimate) {}

    /**
     * The problems of one family.
     *
     * @param unscored attempts left out
     * @param unknown attempts that make the accuracy a range
     */
    public record FamilyRow(
            String family,
            int problems,
            int attempts,
            int unscored,
            int unknown,
            int truncated,
            Optional<Estimate> accuracy,
            Optional<Estimate> meanOutputTokens) {}

    static Row of(Field field, Field.ModeAttempts sat, Bootstrap bootstrap) {
        List<AttemptFact> all = sat.attempts();
        List<AttemptFact> scored = all.stream().filter(AttemptFact::scored).toList();
        List<AttemptFact> output = scored.stream()
                .filter(fact -> fact.outputTokens() != AttemptFact.UNKNOWN)
                .toList();
        List<AttemptFact> thought = scored.stream()
                .filter(fact -> fact.reasoningTokens() != AttemptFact.UNKNOWN)
                .toList();
        List<AttemptFact> timed =
                output.stream().filter(fact -> fact.nanos() > 0).toList();
        List<AttemptFact> truncated =
                scored.stream().filter(AttemptFact::truncated).toList();
        ToDoubleFunction<AttemptFact> outputTokens = AttemptFact::outputTokens;
        ToDoubleFunction<AttemptFact> thinkingTokens = AttemptFact::reasoningTokens;
        return new Row(
                sat.mode(),
                problems(all),
                all.size(),
                sat.expected(),
                counts(all),
                stops(all),
                truncated.size(),
                Figures.share(scored, AttemptFact::truncated),
                (int) truncated.stream()
                        .filter(fact -> fact.outcome() == Outcome.CORRECT)
                        .count(),
                (int) scored.stream().filter(AttemptFact::forced).count(),
                scored.size() - output.size(),
                Figures.accuracy(all),
                scored.stream().anyMatch(fact -> fact.outcome() == Outcome.PARTIAL)
                        ? Figures.mean(scored, AttemptFact::score)
                        : Optional.empty(),
                PassAtKFigures.of(field, scored),
                Figures.mean(thought, thinkingTokens),
                Figures.median(thought, thinkingTokens, bootstrap),
                Figures.mean(output, outputTokens),
                Figures.median(output, outputTokens, bootstrap),
                Figures.ratio(timed, outputTokens, fact -> fact.nanos() / 1e9, bootstrap),
                families(field, all));
    }

    private static List<FamilyRow> families(Field field, List<AttemptFact> all) {
        Map<String, List<AttemptFact>> byFamily = new TreeMap<>();
        for (AttemptFact fact : all) {
            String family = field.problems().get(fact.problem()).family();
            byFamily.computeIfAbsent(family, name -> new ArrayList<>()).add(fact);
        }
        List<FamilyRow> rows = new ArrayList<>();
        byFamily.forEach((family, facts) -> {
            List<AttemptFact> scored =
                    facts.stream().filter(AttemptFact::scored).toList();
            rows.add(new FamilyRow(
                    family,
                    problems(facts),
                    facts.size(),
                    facts.size() - scored.size(),
                    (int) scored.stream().filter(AttemptFact::undecided).count(),
                    (int) scored.stream().filter(AttemptFact::truncated).count(),
                    Figures.accuracy(facts),
                    Figures.mean(
                            scored.stream()
                                    .filter(fact -> fact.outputTokens() != AttemptFact.UNKNOWN)
                                    .toList(),
                            AttemptFact::outputTokens)));
        });
        return List.copyOf(rows);
    }

    private static int problems(List<AttemptFact> facts) {
        return (int) facts.stream().mapToInt(AttemptFact::problem).distinct().count();
    }

    private static Map<String, Integer> counts(List<AttemptFact> all) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome.label(), 0);
        }
        for (AttemptFact fact : all) {
            counts.merge(fact.outcome().label(), 1, Integer::sum);
        }
        return counts;
    }

    private static Map<String, Integer> stops(List<AttemptFact> all) {
        Map<StopReason, Integer> counts = new TreeMap<>();
        for (AttemptFact fact : all) {
            counts.merge(fact.stop(), 1, Integer::sum);
        }
        Map<String, Integer> labelled = new LinkedHashMap<>();
        counts.forEach((reason, count) -> labelled.put(reason.label(), count));
        return labelled;
    }
}
