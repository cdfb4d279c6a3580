package dev.goldline.reports.runlog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How the model was allowed to think. */
public enum Mode {
    /** Answers at once, without a thought. */
    NON_THINKING("non-thinking"),
    /** Thinks, then answers. */
    STANDARD("standard"),
    /** Thinks long and checks itself; no tools. */
    SPECIALE("speciale");

    private final String label;

    Mode(String label) {
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
    public static Mode ofLabel(String label) {
        return Labels.find("mode", label, values(), Mode::label);
    }
}
