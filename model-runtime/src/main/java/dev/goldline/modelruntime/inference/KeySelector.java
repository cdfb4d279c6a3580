package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.kernels.Kernels;
import java.util.Arrays;

/**
 * The exact top-k of index scores in one pass over the keys, page by page in ascending position. Keys rounded to bf16
 * bound every score from above and below. The k-th best lower bound so far is a floor: a key whose upper bound does not
 * pass it cannot be among the k best, because k keys of lower position score at least as much. The few that pass are
 * kept, in ascending position, cut back from time to time, and scored exactly where the bounds do not decide. Equal
 * scores: the lower position wins. Time is linear in the keys.
 *
 * <p>A floor guessed from the last query rules most keys out from the start. If fewer than k keys turn out to score
 * above the guess, the pass is repeated without it.
 */
final class KeySelector {
    private static final int LEAST_SLACK = 128;

    /** Guess from this many times k keys on; below, there is little to rule out. */
    private static final int GUESS_FROM = 8;

    /** The part of the last floor that is guessed: a guess too high costs a second pass. */
    private static final float GUESSED_PART = 0.7f;

    private final Kernels kernels;
    private final int k;
    private final int room;
    private final float[] bounds = new float[LatentCache.PAGE];
    private final int[] positions;
    private final float[] upper;
    private final float[] lower;
    private final long[] order;
    private final long[] ranks;
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
        ranks = new long[room + LatentCache.PAGE];
    }

    /** Selected positions, ascending; the first k entries count after {@link #select}. */
    int[] positions() {
        return positions;
    }

    /** Selects k of the first {@code keys} positions, {@code keys >= k}. */
    void select(IndexQuery query, LatentCache cache, int keys) {
        float guess = GUESSED_PART * cache.relativeFloor() * query.size();
        boolean found = keys / GUESS_FROM >= k && guess > 0 && scan(query, cache, keys, guess) && floor > guess;
        if (!found && !scan(query, cache, keys, Float.NEGATIVE_INFINITY)) {
            throw new ArithmeticException("of " + keys + " index scores only " + count
                    + " are finite numbers; the weights or the input are damaged");
        }
        cache.rememberRelativeFloor(query.size() > 0 ? floor / query.size() : 0);
        if (count > k) {
            cutExactly(query, cache);
        }
    }

    /** Keeps at least the k best of the keys that score above a floor; false if there are fewer. */
    private boolean scan(IndexQuery query, LatentCache cache, int keys, float from) {
        count = 0;
        floor = from;
        for (int page = 0; page < keys; page += LatentCache.PAGE) {
            take(query, cache, page, Math.min(LatentCache.PAGE, keys - page));
            if (count >= room) {
                raiseFloor();
                if (count >= room) {
                    cutExactly(query, cache);
                }
            }
        }
        if (count < k) {
            return false;
        }
        raiseFloor();
        return true;
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
                n,
                floor,
                bounds);
        int found = kernels.above(bounds, n, floor, from, positions, upper, count);
        for (int i = count; i < count + found; i++) {
            lower[i] = upper[i] - 2 * query.slack() * norms[(positions[i] - from) / Kernels.INDEX_GROUP];
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

    /**
     * Keeps the k best of what is held. A key whose lower bound passes the upper bounds of all but k keys is among them;
     * the others are scored.
     */
    private void cutExactly(IndexQuery query, LatentCache cache) {
        float passed = nextUpper();
        for (int i = 0; i < count; i++) {
            if (lower[i] > passed) {
                order[i] = Long.MAX_VALUE - i;
            } else {
                upper[i] = kernels.indexScore(
                        query.queries(),
                        query.weights(),
                        query.heads(),
                        query.dims(),
                        cache.indexPage(positions[i]),
                        cache.indexAt(positions[i]));
                lower[i] = upper[i];
                order[i] = rank(upper[i], positions[i]);
            }
        }
        System.arraycopy(order, 0, ranks, 0, count);
        long least = KthLargest.of(order, count, k);
        int kept = 0;
        float lowest = Float.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            if (ranks[i] >= least) {
                lowest = Math.min(lowest, lower[i]);
                keep(i, kept++);
            }
        }
        floor = Math.max(floor, lowest);
        count = kept;
    }

    /** The greatest upper bound after the k greatest; at least one more key is held. */
    private float nextUpper() {
        for (int i = 0; i < count; i++) {
            order[i] = rank(upper[i], positions[i]);
        }
        long next = KthLargest.of(order, count, k + 1);
        for (int i = 0; i < count; i++) {
            if (rank(upper[i], positions[i]) == next) {
                return upper[i];
            }
        }
        throw new IllegalStateException("the order of " + count + " bounds has no place " + (k + 1));
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
