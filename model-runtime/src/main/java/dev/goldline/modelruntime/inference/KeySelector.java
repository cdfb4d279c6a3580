package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix;
import java.util.Arrays;

/**
 * The exact top-k of index scores in one pass over the keys, page by page in ascending position. Keys rounded to bf16
 * bound every score from above and below. The k-th best lower bound so far is a floor: a key whose upper bound does not pass it cannot be
 * among the k best, because k keys of lower position score at least as much. The keys of the last query give a floor to
 * start with. The few that pass are kept, in ascending
 * position, cut back from time to time, and scored exactly at the end. Equal scores: the lower position wins. Time is
 * linear in the keys.
 */
final class KeySelector {
    private static final int LEAST_SLACK = 64;

    private final Kernels kernels;
    private final int k;
    private final int room;
    private final float[] bounds = new float[LatentCache.PAGE];
    private final int[] positions;
    private final float[] upper;
    private final float[] lower;
    private final long[] order;
    private int count;
    private float floor;

    KeySelector(Kernels kernels, int k) {
        this.kernels = kernels;
        this.k = k;
        this.room = k + Math.max(LEAST_SLACK, k / 2);
        positions = new int[room + LatentCache.PAGE];
        upper = new float[room + LatentCache.PAGE];
        lower = new float[room + LatentCache.PAGE];
        order = new long[room + LatentCache.PAGE];
    }

    /** Selected positions, ascending; the first k entries count after {@link #select}. */
    int[] positions() {
        return positions;
    }

    /** Selects k of the first {@code keys} positions, {@code keys >= k}. */
    void select(IndexQuery query, LatentCache cache, int keys) {
        count = 0;
        floor = floorOfLast(query, cache);
        for (int from = 0; from < keys; from += LatentCache.PAGE) {
            take(query, cache, from, Math.min(LatentCache.PAGE, keys - from));
            if (count >= room) {
                raiseFloor();
                if (count >= room) {
                    cutExactly(query, cache);
                }
            }
        }
        if (count > k) {
            cutExactly(query, cache);
        }
        cache.rememberSelected(positions, Math.min(count, k));
        if (count < k) {
            throw new ArithmeticException("of " + keys + " index scores only " + count
                    + " are finite numbers; the weights or the input are damaged");
        }
    }

    /**
     * The k keys of the last query score at least this for the new one, which rules out most others from the start. One
     * step below, because a key of lower position that scores the same would win.
     */
    private float floorOfLast(IndexQuery query, LatentCache cache) {
        int[] last = cache.lastSelected();
        if (last.length < k) {
            return Float.NEGATIVE_INFINITY;
        }
        float least = Float.POSITIVE_INFINITY;
        for (int position : last) {
            least = Math.min(least, score(query, cache, position));
        }
        return Float.isNaN(least) ? Float.NEGATIVE_INFINITY : Math.nextDown(least);
    }

    private float score(IndexQuery query, LatentCache cache, int position) {
        return kernels.indexScore(
                query.queries(),
                query.weights(),
                query.heads(),
                query.dims(),
                cache.indexPage(position),
                cache.indexAt(position));
    }

    /** Keeps the keys of one page that may be among the best. */
    private void take(IndexQuery query, LatentCache cache, int from, int n) {
        float[] norms = cache.indexNorms(from);
        kernels.indexBounds(
                query.queries(),
                query.weights(),
                query.positive(),
                query.heads(),
                query.dims(),
                cache.indexPairs(from),
                norms,
                query.slack(),
                Math.ceilDiv(n, PackedMatrix.BLOCK),
                floor,
                bounds);
        int found = kernels.above(bounds, n, floor, from, positions, upper, count);
        for (int i = count; i < count + found; i++) {
            lower[i] = upper[i] - 2 * query.slack() * norms[positions[i] - from];
        }
        count += found;
    }

    /** The k-th best lower bound becomes the floor; keys whose upper bound lies below it go. */
    private void raiseFloor() {
        for (int i = 0; i < count; i++) {
            order[i] = rank(lower[i], positions[i]);
        }
        long least = KthLargest.of(order, count, k);
        for (int i = 0; i < count; i++) {
            if (rank(lower[i], positions[i]) == least) {
                floor = Math.max(floor, lower[i]);
                break;
            }
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (upper[i] >= floor) {
                keep(i, kept++);
            }
        }
        count = kept;
    }

    /** Scores what is held and keeps the k best. */
    private void cutExactly(IndexQuery query, LatentCache cache) {
        for (int i = 0; i < count; i++) {
            if (lower[i] != upper[i]) {
                upper[i] = score(query, cache, positions[i]);
                lower[i] = upper[i];
            }
            order[i] = rank(upper[i], positions[i]);
        }
        long least = KthLargest.of(order, count, k);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long rank = rank(upper[i], positions[i]);
            if (rank >= least) {
                floor = rank == least ? upper[i] : floor;
                keep(i, kept++);
            }
        }
        count = kept;
    }

    private void keep(int from, int to) {
        positions[to] = positions[from];
        upper[to] = upper[from];
        lower[to] = lower[from];
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
