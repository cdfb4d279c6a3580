package dev.goldline.modelruntime.training;

/**
 * One text to learn from.
 *
 * @param ids its tokens, at least two
 * @param learned for each token, whether predicting it is part of the loss; the first never is
 */
public record TrainingDocument(int[] ids, boolean[] learned) {
    public TrainingDocument {
        if (ids.length < 2 || ids.length != learned.length) {
            throw new IllegalArgumentException(
                    "a document of " + ids.length + " tokens with " + learned.length + " marks");
        }
    }

    public int length() {
        return ids.length;
    }
}
