package dev.goldline.reports.study;

import dev.goldline.reports.attempts.AttemptFact;
import dev.goldline.reports.statistics.Bootstrap;
import dev.goldline.reports.statistics.Interval;
import dev.goldline.reports.statistics.Quantiles;
import dev.goldline.reports.study.TokenStudy.Band;
import dev.goldline.reports.study.TokenStudy.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bootstrap bands of curves. One pass over a curve's attempts a resample gives all budgets; to hold memory, the heights
 * are kept at a grid of budgets: every step of the curve, or evenly many of them where there are more than the grid
 * holds.
 */
final class BandGrid {
    /** Budgets at which a band is computed. */
    static final int MAX_POINTS = 400;

    private final CurveFacts facts;
    private final long[] budgets;
    /** By budget, then resample. */
    private final double[][] low;

    private final double[][] high;
    private int resamples;

    private BandGrid(CurveFacts facts, int resamples) {
        this.facts = facts;
        this.budgets = grid(facts.steps());
        this.low = new double[budgets.length][resamples];
        this.high = new double[budgets.length][resamples];
    }

    /** The bands of each curve, all on the same resamples. */
    static List<List<Band>> bands(List<CurveFacts> curves, int problems, Bootstrap bootstrap) {
        List<BandGrid> grids = curves.stream()
                .map(facts -> new BandGrid(facts, bootstrap.resamples()))
                .toList();
        if (problems > 1) {
            bootstrap.forEach(problems, (resample, weights) -> {
                for (BandGrid grid : grids) {
                    grid.add(weights);
                }
            });
        }
        return grids.stream().map(BandGrid::bands).toList();
    }

    private static long[] grid(List<Step> steps) {
        int points = Math.min(MAX_POINTS, steps.size());
        long[] budgets = new long[points];
        for (int i = 0; i < points; i++) {
            // The first and the last step are always among them.
            int step = points == 1 ? 0 : (int) ((long) i * (steps.size() - 1) / (points - 1));
            budgets[i] = steps.get(step).tokens();
        }
        return budgets;
    }

    private void add(int[] weights) {
        long scored = 0;
        for (int i = 0; i < weights.length; i++) {
            scored += (long) weights[i] * facts.scoredPerProblem()[i];
        }
        if (scored == 0) {
            // Only problems without a scored attempt were drawn: this resample says nothing of this mode.
            return;
        }
        List<AttemptFact> rises = facts.rises();
        long solved = 0;
        long hopeful = 0;
        int next = 0;
        for (int point = 0; point < budgets.length; point++) {
            while (next < rises.size() && rises.get(next).outputTokens() <= budgets[point]) {
                AttemptFact fact = rises.get(next++);
                hopeful += weights[fact.problem()];
                solved += fact.solved() ? weights[fact.problem()] : 0;
            }
            low[point][resamples] = (double) solved / scored;
            high[point][resamples] = (double) hopeful / scored;
        }
        resamples++;
    }

    private List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        if (resamples == 0) {
            return bands;
        }
        for (int point = 0; point < budgets.length; point++) {
            Interval lower = Quantiles.percentile95(Arrays.copyOf(low[point], resamples));
            Interval upper = Quantiles.percentile95(Arrays.copyOf(high[point], resamples));
            bands.add(new Band(budgets[point], lower.cover(upper)));
        }
        return bands;
    }
}
