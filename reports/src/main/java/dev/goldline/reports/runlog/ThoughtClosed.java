package dev.goldline.reports.runlog;

/**
 * The end of a thought.
 *
 * @param offset output tokens produced so far, the closing token included
 * @param forced true if the thinking budget closed it, false if the model did
 */
public record ThoughtClosed(long offset, boolean forced) {
    public ThoughtClosed {
        if (offset < 0) {
            throw new IllegalArgumentException("a thought cannot close at token " + offset);
        }
    }
}
