package dev.goldline.reports.runlog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why an attempt's stream ended. */
public enum StopReason {
    /** The model ended its answer. */
    STOP("stop"),
    /** The output limit or the context window was reached: the attempt is censored. */
    LENGTH("length"),
    /** A budget of the run was reached: the attempt is censored. */
    BUDGET("budget"),
    /** The limit on tool calls was reached. */
    TOOL_LIMIT("tool-limit"),
    /** Nothing came for too long: not the model's doing. */
    STALL("stall"),
    /** The model repeated itself without end. */
    LOOP("loop"),
    /** The stream broke: not the model's doing. */
    ERROR("error");

    private final String label;

    StopReason(String label) {
        this.label = label;
    }

    /** The name used in logs and reports. */
    @JsonValue
    public String label() {
        return label;
    }

    /** Whether a limit cut the attempt off: it is counted as not solved, and shown apart. */
    public boolean truncated() {
        return this == LENGTH || this == BUDGET;
    }

    /** Whether our side ended the attempt, so that it can only be unscored. */
    public boolean ofOurMaking() {
        return this == STALL || this == ERROR;
    }

    /**
     * The constant of that label.
     *
     * @throws IllegalArgumentException if there is none; the message lists the labels
     */
    @JsonCreator
    public static StopReason ofLabel(String label) {
        return Labels.find("stop reason", label, values(), StopReason::label);
    }
}
