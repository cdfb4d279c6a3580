package dev.goldline.modelruntime.djl;

import java.util.Arrays;

/**
 * Documents as rows of one width, to be learned from.
 *
 * @param ids [rows, width], row-major; anything past a row's length is padding
 * @param lengths true length of each row
 * @param learned [rows, width]: whether predicting that token is part of the loss; never true in column 0 or in padding
 * @param width tokens a row
 */
public record TokenRows(long[] ids, int[] lengths, boolean[] learned, int width) {
    public TokenRows {
        if (width < 1 || ids.length != lengths.length * width || learned.length != ids.length) {
            throw new IllegalArgumentException(lengths.length + " rows of " + width + " with " + ids.length + " ids, "
                    + learned.length + " marks");
        }
    }

    int rows() {
        return lengths.length;
    }

    /** Whether a position of the flattened rows holds a token rather than padding. */
    boolean isToken(int position) {
        return position % width < lengths[position / width];
    }

    /** For each position, the token that follows; 0 in the last column. */
    long[] next() {
        long[] next = new long[ids.length];
        for (int i = 0; i + 1 < ids.length; i++) {
            next[i] = (i + 1) % width == 0 ? 0 : ids[i + 1];
        }
        return next;
    }

    /** For each position, {@code share} if predicting its next token is learned, else 0. */
    float[] lossWeights(float share) {
        float[] weights = new float[ids.length];
        for (int i = 0; i + 1 < ids.length; i++) {
            weights[i] = (i + 1) % width != 0 && learned[i + 1] ? share : 0;
        }
        return weights;
    }

    /** For each position, {@code share} if it holds a token, else 0. */
    float[] rowWeights(float share) {
        float[] weights = new float[ids.length];
        for (int row = 0; row < lengths.length; row++) {
            Arrays.fill(weights, row * width, row * width + lengths[row], share);
        }
        return weights;
    }
}
