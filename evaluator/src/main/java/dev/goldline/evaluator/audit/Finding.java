package dev.goldline.evaluator.audit;

/**
 * Something that does not agree.
 *
 * @param check which check found it, such as {@code verdict}
 * @param where the line of the log, or the figure
 * @param found what is there
 * @param expected what was recomputed
 */
record Finding(String check, String where, String found, String expected) {
    @Override
    public String toString() {
        return check + ": " + where + " has " + found + ", recomputed is " + expected;
    }
}
