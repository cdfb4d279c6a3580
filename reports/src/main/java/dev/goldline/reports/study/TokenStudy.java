package dev.goldline.reports.study;

import dev.goldline.reports.attempts.AttemptFact;
import dev.goldline.reports.attempts.Field;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.statistics.Bootstrap;
import dev.goldline.reports.statistics.Estimate;
import dev.goldline.reports.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Accuracy against tokens, for every budget L at once: pass@1(L) is the share of scored attempts that are solved with at
 * most L output tokens, reasoning included. It is what a run limited to L would score, as far as the attempts that were
 * not cut off tell; an attempt that was cut off counts as not solved at any L.
 *
 * @param curves one a mode
 * @param histogram attempts by output tokens, modes on the same bins
 */
public record TokenStudy(List<Curve> curves, Histogram histogram) {
    public TokenStudy {
        curves = List.copyOf(curves);
    }

    /**
     * The curve of one mode.
     *
     * @param scored attempts in the denominator at every budget
     * @param problems these belong to
     * @param unscored attempts left out
     * @param unknown attempts the judge could not decide: they make the curve a range
     * @param truncated scored attempts that were cut off
     * @param solvedTokensUnknown attempts solved, or undecided, whose tokens nobody counted: they count in {@code
     *     unlimited} and at no budget
     * @param steps the exact curve: where it rises, ascending; before the first it is 0
     * @param bands 95 % by bootstrap over problems, point by point, at no more than {@link BandGrid#MAX_POINTS} of the
     *     steps; the same resamples at every budget and in every mode
     * @param unlimited the share solved with any number of tokens: the accuracy of the leaderboard
     * @param bestCase the share solved if every truncated and undecided attempt would have been
     * @param largest most output tokens of any scored attempt
     */
    public record Curve(
            Mode mode,
            int scored,
            int problems,
            int unscored,
            int unknown,
            int truncated,
            int solvedTokensUnknown,
            List<Step> steps,
            List<Band> bands,
            Optional<Estimate> unlimited,
            Optional<Double> bestCase,
            long largest,
            List<Reach> reach) {
        public Curve {
            steps = List.copyOf(steps);
            bands = List.copyOf(bands);
            reach = List.copyOf(reach);
        }

        /** pass@1(L), unknown verdicts counted as unsolved. */
        public double at(long budget) {
            int below = -1;
            int above = steps.size();
            while (above - below > 1) {
                int middle = (below + above) >>> 1;
                if (steps.get(middle).tokens() <= budget) {
                    below = middle;
                } else {
                    above = middle;
                }
            }
            return below < 0 ? 0 : steps.get(below).low();
        }
    }

    /**
     * A rise of the curve.
     *
     * @param tokens the budget from which it holds
     * @param low share solved, unknown verdicts as unsolved
     * @param high the same, unknown verdicts as solved
     */
    public record Step(long tokens, double low, double high) {}

    /** The band from one budget on. */
    public record Band(long tokens, Interval interval) {}

    /**
     * The smallest budget that reaches a share.
     *
     * @param share such as 0.5
     * @param tokens empty if no budget does
     * @param earliest where the upper edge of the band reaches it; empty if it never does
     * @param latest where the lower edge does; empty if it never does
     */
    public record Reach(double share, OptionalLong tokens, OptionalLong earliest, OptionalLong latest) {}

    /** Studies the modes of a field. */
    public static TokenStudy of(Field field, Bootstrap bootstrap) {
        List<CurveFacts> facts = field.modes().stream()
                .map(mode -> CurveFacts.of(mode, field.problems().size()))
                .toList();
        List<List<Band>> bands = BandGrid.bands(facts, field.problems().size(), bootstrap);
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            curves.add(facts.get(i).curve(bands.get(i)));
        }
        return new TokenStudy(curves, Histogram.of(field));
    }

    static boolean counted(AttemptFact fact) {
        return fact.outputTokens() != AttemptFact.UNKNOWN;
    }
}
