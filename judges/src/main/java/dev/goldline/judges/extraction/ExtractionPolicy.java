package dev.goldline.judges.extraction;

/**
 * Which rules may find an answer. Recorded with a verdict: the same text can hold several answers.
 *
 * @param statements whether "the final answer is …" counts where there is no box
 * @param latest whether such a statement after the last box counts more than the box
 * @param whole whether a text that is nothing but an answer counts
 * @param guesses whether the last formula or number counts where nothing better is found; marked as a guess
 * @param unclosed whether a last box that is never closed reaches to the end of the text; only for texts that cannot
 *     have been cut off
 */
public record ExtractionPolicy(boolean statements, boolean latest, boolean whole, boolean guesses, boolean unclosed) {
    /** Only boxes: for models that were told to box their answer. */
    public static final ExtractionPolicy BOXES = new ExtractionPolicy(false, false, false, false, false);

    /** Boxes, else a statement, else a text that is nothing but an answer. */
    public static final ExtractionPolicy STANDARD = new ExtractionPolicy(true, false, true, false, false);

    /** Whatever stands for an answer last. */
    public static final ExtractionPolicy LENIENT = new ExtractionPolicy(true, true, true, true, false);

    /** Reference texts, which nobody has cut off. */
    public static final ExtractionPolicy GOLD = new ExtractionPolicy(true, true, true, true, true);

    /** A short name for records. */
    public String label() {
        if (equals(BOXES)) {
            return "boxes";
        }
        return equals(STANDARD) ? "standard" : equals(LENIENT) ? "lenient" : equals(GOLD) ? "gold" : toString();
    }
}
