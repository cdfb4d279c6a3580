package dev.goldline.reports.leaderboard;

import dev.goldline.reports.attempts.Field;
import dev.goldline.reports.statistics.Bootstrap;
import dev.goldline.reports.statistics.Holm;
import java.util.ArrayList;
import java.util.List;

/**
 * The modes of one model on one set.
 *
 * @param rows one a mode, in the order of the field
 * @param comparisons each later mode against each earlier one, such as speciale against standard
 */
public record Leaderboard(List<Row> rows, List<Comparison> comparisons) {
    public Leaderboard {
        rows = List.copyOf(rows);
        comparisons = List.copyOf(comparisons);
    }

    /** Computes all figures of a field. */
    public static Leaderboard of(Field field, Bootstrap bootstrap) {
        List<Row> rows = field.modes().stream()
                .map(mode -> Row.of(field, mode, bootstrap))
                .toList();
        List<Comparison> comparisons = new ArrayList<>();
        for (int later = field.modes().size() - 1; later > 0; later--) {
            for (int earlier = later - 1; earlier >= 0; earlier--) {
                Comparison.of(field, field.modes().get(later), field.modes().get(earlier))
                        .ifPresent(comparisons::add);
            }
        }
        return new Leaderboard(rows, adjusted(comparisons));
    }

    private static List<Comparison> adjusted(List<Comparison> comparisons) {
        if (comparisons.stream().anyMatch(each -> each.pValue().isEmpty())) {
            return comparisons;
        }
        double[] holm = Holm.adjust(comparisons.stream()
                .mapToDouble(each -> each.pValue().orElseThrow())
                .toArray());
        List<Comparison> adjusted = new ArrayList<>();
        for (int i = 0; i < holm.length; i++) {
            adjusted.add(comparisons.get(i).withHolm(holm[i]));
        }
        return adjusted;
    }
}
