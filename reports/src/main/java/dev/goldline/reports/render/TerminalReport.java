package dev.goldline.reports.render;

import dev.goldline.reports.Report;
import dev.goldline.reports.Report.FieldReport;
import java.util.Arrays;
import java.util.List;

/** A report as plain text for a terminal. */
public final class TerminalReport {
    /** Between columns, as there is room. */
    private static final List<String> GAPS = List.of("  ", " ");

    private TerminalReport() {}

    /**
     * Lays the report out.
     *
     * @param width columns of the terminal; a table that is wider gets narrower gaps, then a row a column, then a row a
     *     block
     */
    public static String render(Report report, int width) {
        StringBuilder out = new StringBuilder();
        for (FieldReport field : report.fields()) {
            appendSummary(out, field, width);
            append(out, Tables.medians(field), width);
            append(out, Tables.families(field), width);
            append(out, Tables.outcomes(field), width);
        }
        return out.toString();
    }

    /**
     * What fits on a screen: the leaderboard, and the modes compared.
     *
     * @param width as in {@link #render}
     */
    public static String summary(Report report, int width) {
        StringBuilder out = new StringBuilder();
        report.fields().forEach(field -> appendSummary(out, field, width));
        return out.toString();
    }

    private static void appendSummary(StringBuilder out, FieldReport field, int width) {
        String title = Tables.title(field);
        out.append(title).append('\n').append("═".repeat(columns(title))).append("\n\n");
        append(out, Tables.leaderboard(field), width);
        append(out, Tables.comparisons(field), width);
    }

    private static void append(StringBuilder out, Table table, int width) {
        if (table.rows().isEmpty()) {
            return;
        }
        out.append(table.caption()).append('\n');
        appendCells(out, table, width);
        if (!table.note().isEmpty()) {
            wrap(out, table.note(), width);
        }
        out.append('\n');
    }

    private static void appendCells(StringBuilder out, Table table, int width) {
        for (String gap : GAPS) {
            if (fits(table, gap, width)) {
                appendGrid(out, table, gap);
                return;
            }
        }
        Table transposed = table.transposed();
        if (fits(transposed, GAPS.getFirst(), width)) {
            appendGrid(out, transposed, GAPS.getFirst());
        } else {
            appendBlocks(out, table);
        }
    }

    private static boolean fits(Table table, String gap, int width) {
        int[] widths = widths(table);
        return Arrays.stream(widths).sum() + gap.length() * (widths.length - 1) <= width;
    }

    private static void appendGrid(StringBuilder out, Table table, String gap) {
        int[] widths = widths(table);
        appendRow(out, table.headings(), widths, gap);
        appendRow(out, Arrays.stream(widths).mapToObj("─"::repeat).toList(), widths, gap);
        table.rows().forEach(row -> appendRow(out, row, widths, gap));
    }

    private static void appendRow(StringBuilder out, List<String> cells, int[] widths, String gap) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(i == 0 ? "" : gap).append(cell).repeat(' ', widths[i] - columns(cell));
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static void appendBlocks(StringBuilder out, Table table) {
        int label = table.headings().stream()
                .mapToInt(TerminalReport::columns)
                .max()
                .orElse(0);
        for (List<String> row : table.rows()) {
            for (int i = 0; i < row.size(); i++) {
                String heading = table.headings().get(i);
                out.append(i == 0 ? "- " : "  ")
                        .append(heading)
                        .repeat(' ', label - columns(heading) + 2)
                        .append(row.get(i))
                        .append('\n');
            }
        }
    }

    private static void wrap(StringBuilder out, String text, int width) {
        int used = 0;
        for (String word : text.split(" ", -1)) {
            if (used > 0 && used + 1 + word.length() > width) {
                out.append('\n');
                used = 0;
            } else if (used > 0) {
                out.append(' ');
                used++;
            }
            out.append(word);
            used += word.length();
        }
        out.append('\n');
    }

    private static int[] widths(Table table) {
        int[] widths = new int[table.headings().size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns(table.headings().get(i));
            for (List<String> row : table.rows()) {
                widths[i] = Math.max(widths[i], columns(row.get(i)));
            }
        }
        return widths;
    }

    /** Columns a text takes: ideographs take two, marks on the letter before them none. */
    private static int columns(String text) {
        return text.codePoints()
                .map(c -> switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
                    default -> Character.isIdeographic(c) || c >= 0x1f300 && c < 0x1fb00 ? 2 : 1;
                })
                .sum();
    }
}
