package dev.goldline.reports.render;

import dev.goldline.reports.Report.FieldReport;
import dev.goldline.reports.leaderboard.Comparison;
import dev.goldline.reports.leaderboard.Row;
import dev.goldline.reports.study.TokenStudy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of a field, the same in every medium. */
final class Tables {
    private Tables() {}

    static String title(FieldReport field) {
        return VisibleText.line(field.model()) + " on " + VisibleText.line(field.set());
    }

    static Table leaderboard(FieldReport field) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : field.leaderboard().rows()) {
            rows.add(List.of(
                    row.mode().label(),
                    Numbers.share(row.accuracy()),
                    n(row),
                    Integer.toString(row.truncated()),
                    Numbers.tokens(row.meanThinkingTokens()),
                    Numbers.tokens(row.meanOutputTokens()),
                    Numbers.tokens(row.speed())));
        }
        return new Table(
                "Leaderboard",
                List.of("mode", "accuracy", "n", "cut off", "thinking tokens", "output tokens", "tokens/s"),
                rows,
                "95 % intervals in brackets. n is scored attempts / problems. Tokens are means of an attempt; thinking"
                        + " is part of output; tokens/s is of one stream. What a limit cut off counts as not solved."
                        + apart(field));
    }

    /** What a reader of the accuracies must not miss: one sentence a mode, where there is something to say. */
    private static String apart(FieldReport field) {
        StringBuilder text = new StringBuilder();
        for (Row row : field.leaderboard().rows()) {
            Map<String, Integer> apart = new LinkedHashMap<>();
            apart.put("not made yet", row.expected() - row.attempts());
            apart.put("unscored", row.counts().getOrDefault("unscored", 0));
            apart.put("unknown", row.counts().getOrDefault("unknown", 0));
            String counts = apart.entrySet().stream()
                    .filter(each -> each.getValue() > 0)
                    .map(each -> each.getValue() + " " + each.getKey())
                    .collect(Collectors.joining(", "));
            if (!counts.isEmpty()) {
                text.append(" Of ").append(row.expected()).append(" attempts in mode ");
                text.append(row.mode().label()).append(": ").append(counts).append('.');
            }
        }
        return text.toString();
    }

    static Table medians(FieldReport field) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : field.leaderboard().rows()) {
            rows.add(List.of(
                    row.mode().label(),
                    n(row),
                    Numbers.tokens(row.medianThinkingTokens()),
                    Numbers.tokens(row.medianOutputTokens())));
        }
        return new Table("Median tokens", List.of("mode", "n", "thinking tokens", "output tokens"), rows, "");
    }

    private static String over(int attempts, int problems) {
        return attempts + "/" + problems;
    }

    /** Scored attempts over problems. */
    static String n(Row row) {
        int scored = row.attempts() - row.counts().getOrDefault("unscored", 0);
        return over(scored, row.problems());
    }

    static Table outcomes(FieldReport field) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : field.leaderboard().rows()) {
            rows.add(List.of(
                    row.mode().label(),
                    row.attempts() + " of " + row.expected(),
                    count(row, "correct"),
                    count(row, "partial"),
                    count(row, "wrong"),
                    count(row, "unknown"),
                    count(row, "unscored"),
                    row.truncated() + " · " + Numbers.share(row.truncatedShare()),
                    Integer.toString(row.truncatedCorrect()),
                    Integer.toString(row.forced()),
                    Integer.toString(row.tokensUnknown()),
                    row.stops().entrySet().stream()
                            .map(stop -> stop.getKey() + " " + stop.getValue())
                            .collect(Collectors.joining(", "))));
        }
        return new Table(
                        "What became of every attempt",
                        List.of(
                                "mode",
                                "attempts",
                                "correct",
                                "partial",
                                "wrong",
                                "unknown",
                                "unscored",
                                "cut off",
                                "of these correct",
                                "thought closed by budget",
                                "tokens not counted",
                                "stop reasons"),
                        rows,
                        "An attempt that a limit cut off counts as not solved, whatever it held. Unscored attempts failed on our"
                                + " side: they are in no figure and can be run again. Unknown verdicts make a figure a range.")
                .transposed();
    }

    private static String count(Row row, String outcome) {
        return Integer.toString(row.counts().getOrDefault(outcome, 0));
    }

    static Table comparisons(FieldReport field) {
        List<Comparison> comparisons = field.leaderboard().comparisons();
        boolean several = comparisons.size() > 1;
        List<String> headings =
                new ArrayList<>(List.of("difference", "accuracy", "p", "test", "n", "better/worse", "output tokens"));
        if (several) {
            headings.add(3, "p, Holm");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Comparison each : comparisons) {
            List<String> row = new ArrayList<>(List.of(
                    each.mode().label() + " − " + each.baseline().label(),
                    Numbers.points(each.accuracy()),
                    Numbers.pValue(each.pValue()),
                    // The caption says it of all of them.
                    each.test().replace(" by problem", ""),
                    over(each.accuracy().n(), each.accuracy().problems()),
                    each.better() + "/" + each.worse(),
                    Numbers.signedTokens(each.outputTokens())));
            if (several) {
                row.add(3, Numbers.pValue(each.holm()));
            }
            rows.add(row);
        }
        return new Table(
                "Mode against mode, paired by problem",
                headings,
                rows,
                "Mean of the differences by problem, 95 % interval in brackets. n is attempts of both modes / shared"
                        + " problems; better/worse counts problems. p is two-sided"
                        + (several ? ", by Holm's method corrected for the number of comparisons." : "."));
    }

    static Table families(FieldReport field) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : field.leaderboard().rows()) {
            for (Row.FamilyRow family : row.families()) {
                rows.add(List.of(
                        family.family().isEmpty() ? "(none)" : VisibleText.line(family.family()),
                        row.mode().label(),
                        Numbers.share(family.accuracy()),
                        over(family.attempts() - family.unscored(), family.problems()),
                        Numbers.tokens(family.meanOutputTokens()),
                        Integer.toString(family.truncated()),
                        Integer.toString(family.unknown()),
                        Integer.toString(family.unscored())));
            }
        }
        rows.sort(Comparator.comparing(List::getFirst));
        return new Table(
                "By family",
                List.of("family", "mode", "accuracy", "n", "output tokens", "cut off", "unknown", "unscored"),
                rows,
                "");
    }

    /** pass@k, where there are repeats. */
    static Table passAtK(FieldReport field) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : field.leaderboard().rows()) {
            for (Row.PassAtKFigure figure : row.passAtK()) {
                rows.add(List.of(
                        row.mode().label(),
                        "pass@" + figure.k(),
                        Numbers.share(Optional.of(figure.estimate())),
                        over(figure.estimate().n(), figure.estimate().problems())));
            }
        }
        return new Table(
                "pass@k",
                List.of("mode", "figure", "at least one of k solved", "n"),
                rows,
                "Unbiased estimate by problem, then the mean over problems.");
    }

    static Table reach(FieldReport field) {
        List<List<String>> rows = new ArrayList<>();
        for (TokenStudy.Curve curve : field.study().curves()) {
            for (TokenStudy.Reach reach : curve.reach()) {
                rows.add(List.of(
                        curve.mode().label(),
                        Numbers.number(100 * reach.share(), 0) + " %",
                        Numbers.budget(reach.tokens()),
                        reach.earliest().isEmpty() && reach.latest().isEmpty()
                                ? Numbers.NONE
                                : "[" + Numbers.budget(reach.earliest()) + ", " + Numbers.budget(reach.latest()) + "]",
                        over(curve.scored(), curve.problems())));
            }
        }
        return new Table(
                "Tokens to reach a share solved",
                List.of("mode", "share", "tokens", "95 % by the band", "n"),
                rows,
                "The smallest budget of output tokens an attempt at which the share is reached.");
    }
}
