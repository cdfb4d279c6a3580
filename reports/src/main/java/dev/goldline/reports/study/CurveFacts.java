package dev.goldline.reports.study;

import dev.goldline.reports.attempts.AttemptFact;
import dev.goldline.reports.attempts.Field;
import dev.goldline.reports.leaderboard.Figures;
import dev.goldline.reports.study.TokenStudy.Band;
import dev.goldline.reports.study.TokenStudy.Curve;
import dev.goldline.reports.study.TokenStudy.Reach;
import dev.goldline.reports.study.TokenStudy.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The attempts of one mode, ready for its curve.
 *
 * @param rises solved or undecided attempts with known tokens, ascending by tokens
 * @param scoredPerProblem scored attempts at each problem of the field
 */
record CurveFacts(Field.ModeAttempts mode, List<AttemptFact> scored, List<AttemptFact> rises, int[] scoredPerProblem) {
    private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9};

    static CurveFacts of(Field.ModeAttempts mode, int problems) {
        List<AttemptFact> scored =
                mode.attempts().stream().filter(AttemptFact::scored).toList();
        int[] perProblem = new int[problems];
        for (AttemptFact fact : scored) {
            perProblem[fact.problem()]++;
        }
        List<AttemptFact> rises = scored.stream()
                .filter(fact -> (fact.solved() || fact.undecided()) && TokenStudy.counted(fact))
                .sorted(Comparator.comparingLong(AttemptFact::outputTokens))
                .toList();
        return new CurveFacts(mode, scored, rises, perProblem);
    }

    /** The exact curve: one step a distinct number of tokens. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        int solved = 0;
        for (int i = 0; i < rises.size(); i++) {
            AttemptFact fact = rises.get(i);
            if (fact.solved()) {
                solved++;
            }
            boolean last = i + 1 == rises.size() || rises.get(i + 1).outputTokens() != fact.outputTokens();
            if (last) {
                steps.add(new Step(
                        fact.outputTokens(), (double) solved / scored.size(), (double) (i + 1) / scored.size()));
            }
        }
        return steps;
    }

    Curve curve(List<Band> bands) {
        List<Step> steps = steps();
        int truncated = (int) scored.stream().filter(AttemptFact::truncated).count();
        int undecided = (int) scored.stream().filter(AttemptFact::undecided).count();
        int hopeful = (int) scored.stream()
                .filter(fact -> fact.solved() || fact.undecided())
                .count();
        return new Curve(
                mode.mode(),
                scored.size(),
                (int) Arrays.stream(scoredPerProblem).filter(n -> n > 0).count(),
                mode.attempts().size() - scored.size(),
                undecided,
                truncated,
                hopeful - rises.size(),
                steps,
                bands,
                Figures.accuracy(mode.attempts()),
                scored.isEmpty() ? Optional.empty() : Optional.of((double) (hopeful + truncated) / scored.size()),
                scored.stream().mapToLong(AttemptFact::outputTokens).max().orElse(0),
                reach(steps, bands));
    }

    private static List<Reach> reach(List<Step> steps, List<Band> bands) {
        List<Reach> reach = new ArrayList<>();
        for (double share : SHARES) {
            reach.add(new Reach(
                    share,
                    first(steps, Step::tokens, Step::low, share),
                    first(bands, Band::tokens, band -> band.interval().high(), share),
                    first(bands, Band::tokens, band -> band.interval().low(), share)));
        }
        return reach;
    }

    private static <T> OptionalLong first(
            List<T> points, ToLongFunction<T> tokens, ToDoubleFunction<T> height, double share) {
        // A sum of shares may fall short of the share it equals by rounding.
        return points.stream()
                .filter(point -> height.applyAsDouble(point) >= share - 1e-12)
                .mapToLong(tokens)
                .findFirst();
    }
}
