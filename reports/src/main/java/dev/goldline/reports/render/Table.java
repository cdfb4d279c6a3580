package dev.goldline.reports.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of text under headings, before any medium.
 *
 * @param note what a reader must know beside it; may be empty
 */
record Table(String caption, List<String> headings, List<List<String>> rows, String note) {
    Table {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != headings.size()) {
                throw new IllegalArgumentException(
                        "a row of " + row.size() + " cells under " + headings.size() + " headings");
            }
        }
    }

    /** The same facts with a column a row: for few rows of many cells. */
    Table transposed() {
        List<String> across = new ArrayList<>();
        across.add(headings.getFirst());
        rows.forEach(row -> across.add(row.getFirst()));
        List<List<String>> down = new ArrayList<>();
        for (int i = 1; i < headings.size(); i++) {
            int column = i;
            down.add(
                    Stream.concat(Stream.of(headings.get(column)), rows.stream().map(row -> row.get(column)))
                            .toList());
        }
        return new Table(caption, across, down, note);
    }
}
