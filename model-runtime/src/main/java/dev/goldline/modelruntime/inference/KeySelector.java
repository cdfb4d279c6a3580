package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix;

/**
 * The exact top-k of index scores in one pass over the keys, page by page in ascending position. Keys rounded to bf16
 * bound every score from above, and from below by a fixed gap less. The k-th best lower bound so far is a floor: a key
 * whose upper bound does not pass it cannot be among the k best, because k keys of lower position score at least as
 * much. The few that pass are kept, in ascending position, cut back from time to time, and in the end
 * scored exactly. Equal scores: the lower position wins. Time is linear in the keys.
 */
final class KeySelector {
    /** The floor is raised whenever this many keys have passed it. */
    private static final int RAISE_AFTER = 64;

    private static final int LEAST_SLACK = 128;

    private final Kernels kernels;
    private final int k;
    private final int room;
    private final int[] positions;
    private final float[] upper;
    private final int stride;
    private float[] columns = {};
    private int count;
    private float floor;

    KeySelector(Kernels kernels, int k) {
        this.kernels = kernels;
        this.k = k;
        this.room = k + Math.max(LEAST_SLACK, k / 2);
        stride = Math.ceilDiv(room + RAISE_AFTER + LatentCache.PAGE, PackedMatrix.BLOCK) * PackedMatrix.BLOCK;
        positions = new int[stride];
        upper = new float[stride];
    }

    /** Selected positions, ascending; the first k entries count after {@link #select}. */
    int[] positions() {
        return positions;
    }

    /** Selects k of the first {@code keys} positions, {@code keys >= k}. */
    void select(IndexQuery query, LatentCache cache, int keys) {
        if (!query.bound(cache.indexNorm())) {
            throw damaged(keys);
        }
        count = 0;
        floor = Float.NEGATIVE_INFINITY;
        int raiseAt = k + RAISE_AFTER;
        for (int page = 0; page < keys && mayRise(query); page += LatentCache.PAGE) {
            count += kernels.indexBoundsAbove(
                    query.queries(),
                    query.weights(),
                    query.starts(),
                    query.heads(),
                    query.dims(),
                    cache.indexPairs(page),
                    Math.min(LatentCache.PAGE, keys - page),
                    floor,
                    page,
                    positions,
                    upper,
                    count);
            if (count >= raiseAt) {
                raiseFloor(query.gap());
                if (count >= room) {
                    cutExactly(query, cache);
                }
                raiseAt = count + RAISE_AFTER;
            }
        }
        if (count < k) {
            throw damaged(keys);
        }
        if (count > k) {
            raiseFloor(query.gap());
            cutExactly(query, cache);
        }
    }

    private static ArithmeticException damaged(int keys) {
        return new ArithmeticException("the index scores of " + keys
                + " keys pass the range of fp32 or are not numbers; the weights or the input are damaged");
    }

    /** Where no head's weight is above zero, no score is. */
    private boolean mayRise(IndexQuery query) {
        return floor < 0 || query.positive() > 0;
    }

    /** The k-th best lower bound becomes the floor; keys whose upper bound lies below it go. */
    private void raiseFloor(float gap) {
        floor = Math.max(floor, kernels.kthLargest(upper, count, k) - gap);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            positions[kept] = positions[i];
            upper[kept] = upper[i];
            kept += upper[i] >= floor ? 1 : 0;
        }
        count = kept;
    }

    /** Keeps the k best of what is held, by their scores. */
    private void cutExactly(IndexQuery query, LatentCache cache) {
        if (columns.length < query.dims() * stride) {
            columns = new float[query.dims() * stride];
        }
        cache.gatherIndexKeys(positions, count, columns, stride);
        kernels.indexScores(
                query.queries(), query.weights(), query.heads(), query.dims(), columns, stride, count, upper);
        float least = kernels.kthLargest(upper, count, k);
        int better = 0;
        for (int i = 0; i < count; i++) {
            better += upper[i] > least ? 1 : 0;
        }
        keepBest(least, k - better);
        floor = Math.max(floor, least);
    }

    /** Keeps the keys that score more than the k-th best, and the first of those that score the same. */
    private void keepBest(float least, int equal) {
        int kept = 0;
        int left = equal;
        for (int i = 0; i < count; i++) {
            float score = upper[i];
            positions[kept] = positions[i];
            upper[kept] = score;
            kept += score > least || score == least && left > 0 ? 1 : 0;
            left -= score == least ? 1 : 0;
        }
        count = kept;
    }
}
