package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix;
import java.util.Arrays;

/**
 * The exact top-k of index scores in one pass over the keys. Scores are looked at page by page in ascending position;
 * only those above the k-th best so far are kept, and from time to time the kept ones are cut back to k, which raises
 * that floor. Equal scores: the lower position wins, so a later key equal to the floor never enters. Time is linear in
 * the keys; the kept ones stay in ascending position throughout.
 */
final class KeySelector {
    private static final int LEAST_SLACK = 64;

    private final int k;
    private final int slack;
    private final float[] scores = new float[LatentCache.PAGE];
    private final int[] positions;
    private final float[] values;
    private final long[] order;
    private int count;
    private float floor;

    KeySelector(int k) {
        this.k = k;
        this.slack = Math.max(LEAST_SLACK, k / 2);
        int room = k + slack + LatentCache.PAGE;
        positions = new int[room];
        values = new float[room];
        order = new long[room];
    }

    /** Selected positions, ascending; the first k entries count after {@link #select}. */
    int[] positions() {
        return positions;
    }

    /** Selects k of the first {@code keys} positions, {@code keys >= k}. */
    void select(Kernels kernels, IndexQuery query, LatentCache cache, int keys) {
        count = 0;
        floor = Float.NEGATIVE_INFINITY;
        for (int from = 0; from < keys; from += LatentCache.PAGE) {
            int n = Math.min(LatentCache.PAGE, keys - from);
            kernels.indexScores(
                    query.queries(),
                    query.weights(),
                    query.positive(),
                    query.heads(),
                    query.dims(),
                    cache.indexPage(from),
                    0,
                    Math.ceilDiv(n, PackedMatrix.BLOCK),
                    floor,
                    scores);
            take(kernels, scores, n, from);
        }
        finish(keys);
    }

    /** Starts over; for scores that come from elsewhere. */
    void clear() {
        count = 0;
        floor = Float.NEGATIVE_INFINITY;
    }

    /** Takes the scores of the next positions; at most a page of them. */
    void take(Kernels kernels, float[] pageScores, int n, int from) {
        count += kernels.above(pageScores, n, floor, from, positions, values, count);
        if (count > k && (floor == Float.NEGATIVE_INFINITY || count >= k + slack)) {
            cut();
        }
    }

    void finish(int keys) {
        if (count > k) {
            cut();
        }
        if (count < k) {
            throw new ArithmeticException("of " + keys + " index scores only " + count
                    + " are finite numbers; the weights or the input are damaged");
        }
    }

    private void cut() {
        for (int i = 0; i < count; i++) {
            order[i] = rank(values[i], positions[i]);
        }
        long least = KthLargest.of(order, count, k);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (rank(values[i], positions[i]) >= least) {
                positions[kept] = positions[i];
                values[kept] = values[i];
                if (rank(values[kept], positions[kept]) == least) {
                    floor = values[kept];
                }
                kept++;
            }
        }
        count = kept;
    }

    /** Orders by score, then by lower position; adding 0 makes -0.0 equal to 0.0. */
    static long rank(float score, int position) {
        int bits = Float.floatToRawIntBits(score + 0f);
        int sortable = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) sortable << 32) | (Integer.MAX_VALUE - position);
    }

    /** Selection by partitioning, falling back to a sort where pivots keep failing. */
    static final class KthLargest {
        private static final int SMALL = 16;

        private KthLargest() {}

        /** The k-th largest of the first {@code count} values, which are all different; their order is lost. */
        static long of(long[] values, int count, int k) {
            int wanted = count - k;
            int low = 0;
            int high = count - 1;
            int patience = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(count));
            while (high - low > SMALL && patience-- > 0) {
                long pivot = median(values[low], values[(low + high) >>> 1], values[high]);
                int i = low;
                int j = high;
                while (i <= j) {
                    while (values[i] < pivot) {
                        i++;
                    }
                    while (values[j] > pivot) {
                        j--;
                    }
                    if (i <= j) {
                        long swap = values[i];
                        values[i++] = values[j];
                        values[j--] = swap;
                    }
                }
                if (wanted <= j) {
                    high = j;
                } else if (wanted >= i) {
                    low = i;
                } else {
                    return values[wanted];
                }
            }
            Arrays.sort(values, low, high + 1);
            return values[wanted];
        }

        private static long median(long a, long b, long c) {
            return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
        }
    }
}
