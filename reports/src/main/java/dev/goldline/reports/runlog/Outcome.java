package dev.goldline.reports.runlog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The five things a verdict can be. */
public enum Outcome {
    CORRECT("correct"),
    PARTIAL("partial"),
    WRONG("wrong"),
    /** The judge cannot decide: figures become an interval. */
    UNKNOWN("unknown"),
    /** Our machinery failed: shown, never counted as wrong, run again on request. */
    UNSCORED("unscored");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** The name used in logs and reports. */
    @JsonValue
    public String label() {
        return label;
    }

    /**
     * The constant of that label.
     *
     * @throws IllegalArgumentException if there is none; the message lists the labels
     */
    @JsonCreator
    public static Outcome ofLabel(String label) {
        return Labels.find("outcome", label, values(), Outcome::label);
    }
}
