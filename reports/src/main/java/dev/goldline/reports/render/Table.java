package dev.goldline.reports.render;

import java.util.List;

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
}
