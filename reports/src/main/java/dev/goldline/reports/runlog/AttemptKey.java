package dev.goldline.reports.runlog;

/**
 * What makes an attempt one and the same: a run holds at most one scored attempt of each key.
 *
 * @param set name of the problem set
 * @param problem id of the problem in that set
 * @param model name of the model
 * @param mode how it was allowed to think
 * @param index which repeat, from 0
 */
public record AttemptKey(String set, String problem, String model, Mode mode, int index) {
    public AttemptKey {
        if (set.isBlank() || problem.isBlank() || model.isBlank()) {
            throw new IllegalArgumentException("an attempt needs a set, a problem and a model, has '" + set + "', '"
                    + problem + "', '" + model + "'");
        }
        if (index < 0) {
            throw new IllegalArgumentException("attempt index must be 0 or more, was " + index);
        }
    }

    /** For messages: {@code set/problem model mode #index}. */
    @Override
    public String toString() {
        return set + "/" + problem + " " + model + " " + mode.label() + " #" + index;
    }
}
