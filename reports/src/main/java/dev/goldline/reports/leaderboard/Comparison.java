package dev.goldline.reports.leaderboard;

import dev.goldline.reports.attempts.AttemptFact;
import dev.goldline.reports.attempts.Field;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.statistics.ClusteredMean;
import dev.goldline.reports.statistics.Estimate;
import dev.goldline.reports.statistics.Interval;
import dev.goldline.reports.statistics.McNemar;
import dev.goldline.reports.statistics.SignFlip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * One mode against another on the problems that both have a scored attempt at, paired by problem.
 *
 * @param mode the mode whose gain is shown
 * @param baseline the mode it is compared with
 * @param better problems where {@code mode} solved the larger share, unknown verdicts as unsolved
 * @param worse problems where {@code baseline} did
 * @param accuracy difference of the share solved, {@code mode} less {@code baseline}
 * @param pValue two-sided, of no difference; with unknown verdicts the larger of both extremes; empty for one problem
 * @param holm the same adjusted for all comparisons of this field
 * @param test how p was computed
 * @param outputTokens difference of mean output tokens by problem; empty if tokens are not known
 */
public record Comparison(
        Mode mode,
        Mode baseline,
        int better,
        int worse,
        Estimate accuracy,
        OptionalDouble pValue,
        OptionalDouble holm,
        String test,
        Optional<Estimate> outputTokens) {

    Comparison withHolm(double adjusted) {
        return new Comparison(
                mode, baseline, better, worse, accuracy, pValue, OptionalDouble.of(adjusted), test, outputTokens);
    }

    /** The attempts both modes made at one problem. */
    private record Pair(List<AttemptFact> mode, List<AttemptFact> baseline) {
        double difference(Predicate<AttemptFact> solvedInMode, Predicate<AttemptFact> solvedInBaseline) {
            return share(mode, solvedInMode) - share(baseline, solvedInBaseline);
        }

        private static double share(List<AttemptFact> attempts, Predicate<AttemptFact> condition) {
            return (double) attempts.stream().filter(condition).count() / attempts.size();
        }
    }

    /** A difference under one reading of the unknown verdicts. */
    private record Reading(double difference, Optional<Interval> interval, OptionalDouble p, String test) {}

    /** Compares; empty if the two share no problem. */
    static Optional<Comparison> of(Field field, Field.ModeAttempts mode, Field.ModeAttempts baseline) {
        List<Pair> pairs = pairs(field, mode, baseline, AttemptFact::scored);
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        Predicate<AttemptFact> low = AttemptFact::solved;
        Predicate<AttemptFact> high = fact -> fact.solved() || fact.undecided();
        Reading least = reading(pairs, low, high);
        Reading most = reading(pairs, high, low);
        boolean open = least.difference != most.difference;
        double[] differences =
                pairs.stream().mapToDouble(pair -> pair.difference(low, low)).toArray();
        int attempts = pairs.stream()
                .mapToInt(pair -> pair.mode.size() + pair.baseline.size())
                .sum();
        Estimate accuracy = new Estimate(
                least.difference,
                open ? Optional.of(new Interval(least.difference, most.difference)) : Optional.empty(),
                least.interval.flatMap(a -> most.interval.map(a::cover)),
                attempts,
                pairs.size(),
                least.test.startsWith("McNemar") ? "Agresti-Min" : "t over problems, G-1 degrees of freedom");
        return Optional.of(new Comparison(
                mode.mode(),
                baseline.mode(),
                (int) Arrays.stream(differences).filter(d -> d > 0).count(),
                (int) Arrays.stream(differences).filter(d -> d < 0).count(),
                accuracy,
                p(least, most),
                OptionalDouble.empty(),
                least.test,
                tokens(field, mode, baseline)));
    }

    private static OptionalDouble p(Reading least, Reading most) {
        if (least.p.isEmpty() || most.p.isEmpty()) {
            return OptionalDouble.empty();
        }
        boolean sameDirection = least.difference * most.difference > 0 || least.difference == most.difference;
        return OptionalDouble.of(sameDirection ? Math.max(least.p.getAsDouble(), most.p.getAsDouble()) : 1);
    }

    private static Reading reading(List<Pair> pairs, Predicate<AttemptFact> inMode, Predicate<AttemptFact> inBaseline) {
        double[] differences = pairs.stream()
                .mapToDouble(pair -> pair.difference(inMode, inBaseline))
                .toArray();
        ClusteredMean mean = ClusteredMean.ofIndependent(differences);
        if (pairs.stream().allMatch(pair -> pair.mode.size() == 1 && pair.baseline.size() == 1)) {
            int gained = count(differences, 1);
            int lost = count(differences, -1);
            McNemar test = new McNemar(lost, gained);
            return new Reading(
                    mean.mean(),
                    Optional.of(test.differenceInterval(pairs.size())),
                    OptionalDouble.of(test.twoSided()),
                    "McNemar, exact");
        }
        Optional<Interval> interval = mean.interval().map(i -> i.clampedTo(-1, 1));
        if (pairs.size() > 1 && SignFlip.enumerable(differences)) {
            return new Reading(
                    mean.mean(),
                    interval,
                    OptionalDouble.of(SignFlip.twoSided(differences)),
                    "sign flip by problem, exact");
        }
        return new Reading(mean.mean(), interval, mean.pValueOfZero(), "paired t by problem");
    }

    private static Optional<Estimate> tokens(Field field, Field.ModeAttempts mode, Field.ModeAttempts baseline) {
        List<Pair> pairs =
                pairs(field, mode, baseline, fact -> fact.scored() && fact.outputTokens() != AttemptFact.UNKNOWN);
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        ToDoubleFunction<List<AttemptFact>> meanTokens = facts ->
                facts.stream().mapToLong(AttemptFact::outputTokens).average().orElseThrow();
        ClusteredMean mean = ClusteredMean.ofIndependent(pairs.stream()
                .mapToDouble(pair -> meanTokens.applyAsDouble(pair.mode) - meanTokens.applyAsDouble(pair.baseline))
                .toArray());
        return Optional.of(new Estimate(
                mean.mean(),
                Optional.empty(),
                mean.interval(),
                pairs.stream()
                        .mapToInt(pair -> pair.mode.size() + pair.baseline.size())
                        .sum(),
                pairs.size(),
                "t over problems, G-1 degrees of freedom"));
    }

    private static List<Pair> pairs(
            Field field, Field.ModeAttempts mode, Field.ModeAttempts baseline, Predicate<AttemptFact> usable) {
        int problems = field.problems().size();
        List<List<AttemptFact>> ours =
                Figures.byProblem(mode.attempts().stream().filter(usable).toList(), problems);
        List<List<AttemptFact>> theirs =
                Figures.byProblem(baseline.attempts().stream().filter(usable).toList(), problems);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < problems; i++) {
            if (!ours.get(i).isEmpty() && !theirs.get(i).isEmpty()) {
                pairs.add(new Pair(ours.get(i), theirs.get(i)));
            }
        }
        return pairs;
    }

    private static int count(double[] differences, double sought) {
        int count = 0;
        for (double difference : differences) {
            if (difference == sought) {
                count++;
            }
        }
        return count;
    }
}
