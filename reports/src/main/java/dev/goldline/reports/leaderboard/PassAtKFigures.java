package dev.goldline.reports.leaderboard;

import dev.goldline.reports.attempts.AttemptFact;
import dev.goldline.reports.attempts.Field;
import dev.goldline.reports.statistics.ClusteredMean;
import dev.goldline.reports.statistics.Estimate;
import dev.goldline.reports.statistics.Interval;
import dev.goldline.reports.statistics.PassAtK;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** pass@k over the problems of a field. */
final class PassAtKFigures {
    private PassAtKFigures() {}

    static List<Row.PassAtKFigure> of(Field field, List<AttemptFact> scored) {
        List<List<AttemptFact>> byProblem = Figures.byProblem(
                        scored, field.problems().size())
                .stream()
                .filter(facts -> !facts.isEmpty())
                .toList();
        int fewest = byProblem.stream().mapToInt(List::size).min().orElse(0);
        List<Row.PassAtKFigure> figures = new ArrayList<>();
        for (int k = 2; k <= fewest; k *= 2) {
            figures.add(new Row.PassAtKFigure(k, figure(byProblem, k, scored)));
        }
        return List.copyOf(figures);
    }

    private static Estimate figure(List<List<AttemptFact>> byProblem, int k, List<AttemptFact> scored) {
        ClusteredMean low = mean(byProblem, k, false);
        Optional<Interval> interval = low.interval();
        Optional<Interval> range = Optional.empty();
        if (scored.stream().anyMatch(AttemptFact::undecided)) {
            ClusteredMean high = mean(byProblem, k, true);
            range = Optional.of(new Interval(low.mean(), high.mean()));
            interval = interval.flatMap(a -> high.interval().map(a::cover));
        }
        return new Estimate(
                low.mean(),
                range,
                interval.map(i -> i.clampedTo(0, 1)),
                scored.size(),
                byProblem.size(),
                "t over problems, G-1 degrees of freedom");
    }

    private static ClusteredMean mean(List<List<AttemptFact>> byProblem, int k, boolean unknownSolved) {
        return ClusteredMean.ofIndependent(byProblem.stream()
                .mapToDouble(facts -> {
                    int solved = (int) facts.stream()
                            .filter(fact -> fact.solved() || (unknownSolved && fact.undecided()))
                            .count();
                    return PassAtK.atLeastOne(facts.size(), solved, k).orElseThrow();
                })
                .toArray());
    }
}
