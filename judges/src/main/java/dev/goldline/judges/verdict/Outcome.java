package dev.goldline.judges.verdict;

/** The five things a verdict can be. */
public enum Outcome {
    CORRECT("correct"),
    PARTIAL("partial"),
    WRONG("wrong"),
    /** The judge cannot decide: scores become an interval. */
    UNKNOWN("unknown"),
    /** Our machinery failed: shown, never counted as wrong, judged again on request. */
    UNSCORED("unscored");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** The name used in logs and reports. */
    public String label() {
        return label;
    }
}
