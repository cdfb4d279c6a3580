package dev.goldline.reports.render;

import dev.goldline.reports.Report;
import dev.goldline.reports.Report.FieldReport;
import java.util.ArrayList;
import java.util.List;

/** A report as plain text for a terminal. */
public final class TerminalReport {
    private static final String GAP = "  ";

    private TerminalReport() {}

    /**
     * Lays the report out.
     *
     * @param width columns of the terminal; a table that is wider is written one row a block
     */
    public static String render(Report report, int width) {
        StringBuilder out = new StringBuilder();
        for (FieldReport field : report.fields()) {
            String title = Tables.title(field);
            out.append(title).append('\n').append("═".repeat(columns(title))).append("\n\n");
            append(out, Tables.leaderboard(field), width);
            append(out, Tables.comparisons(field), width);
            append(out, Tables.families(field), width);
            append(out, Tables.outcomes(field), width);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Table table, int width) {
        if (table.rows().isEmpty()) {
            return;
        }
        out.append(table.caption()).append('\n');
        int[] widths = widths(table);
        int total = GAP.length() * (widths.length - 1);
        for (int each : widths) {
            total += each;
        }
        if (total <= width) {
            appendGrid(out, table, widths);
        } else {
            appendBlocks(out, table);
        }
        if (!table.note().isEmpty()) {
            wrap(out, table.note(), width);
        }
        out.append('\n');
    }

    private static void appendGrid(StringBuilder out, Table table, int[] widths) {
        appendRow(out, table.headings(), widths);
        List<String> rule = new ArrayList<>();
        for (int each : widths) {
            rule.add("─".repeat(each));
        }
        appendRow(out, rule, widths);
        for (List<String> row : table.rows()) {
            appendRow(out, row, widths);
        }
    }

    private static void appendRow(StringBuilder out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(i == 0 ? "" : GAP).append(cell).repeat(' ', widths[i] - columns(cell));
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
