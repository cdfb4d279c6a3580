package dev.goldline.modelruntime.chat;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a model may think. */
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

    /** The name used in commands, logs and profiles, such as {@code non-thinking}. */
    public String label() {
        return label;
    }

    /**
     * The mode of that label.
     *
     * @throws IllegalArgumentException if there is none; the message lists the labels
     */
    public static Mode ofLabel(String label) {
        for (Mode mode : values()) {
            if (mode.label.equals(label)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("unknown mode '" + label + "'; use one of "
                + Arrays.stream(values()).map(Mode::label).collect(Collectors.joining(", ")));
    }
}
