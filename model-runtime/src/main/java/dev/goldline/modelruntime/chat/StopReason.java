package dev.goldline.modelruntime.chat;

/** Why a stream ended. */
public enum StopReason {
    /** The model ended its answer. */
    STOP("stop"),
    /** The output limit of the request, or the context window, was reached: the answer is censored. */
    LENGTH("length"),
    /** A budget of the run was reached: the answer is censored. */
    BUDGET("budget"),
    /** The limit on tool calls was reached. */
    TOOL_LIMIT("tool-limit"),
    /** Nothing came for too long. */
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
    public String label() {
        return label;
    }
}
