package dev.goldline.problemsets.problem;

/** The kind of answer a problem wants, and so the kind of judge that marks it. */
public enum Track {
    MATH_ANSWER("math-answer"),
    MATH_PROOF("math-proof"),
    CODE("code"),
    AGENT("agent");

    private final String label;

    Track(String label) {
        this.label = label;
    }

    /** The name used in files and commands, such as {@code math-answer}. */
    public String label() {
        return label;
    }
}
