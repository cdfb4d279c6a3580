package dev.goldline.modelruntime.sampling;

import dev.goldline.modelruntime.chat.Sampling;

/**
 * Draws the tokens of one answer. Used by one thread at a time; allocates nothing after it is made.
 *
 * <p>Tokens are ordered by logit, the higher first, and by id among equals, the lower first. The filters come in this
 * order: the logits are divided by the temperature; top-k keeps the first k tokens; top-p keeps the shortest beginning
 * of those whose probability, among those, reaches p. One number is then drawn from what is kept, walked in order of
 * id. Temperature 0 takes the first token and draws nothing. Every other call draws exactly one random number, so token
 * i of an answer always meets number i of its stream.
 */
public final class Sampler {
    // Sorting 129 280 logits would cost more than everything else here. The nucleus is instead found by quickselect:
    // partition around a pivot, look on which side the wanted mass is reached, go on there. With top-p alone most
    // tokens never get that far: those that hold less than (1 - p) / (2 n) of the mass hold together less than half of
    // what top-p throws away, so they are thrown away at once.
    //
    // The exponential is StrictMath's: Math.exp need not give the same bits on every machine, and is not much faster.
    //
    // A key packs the order into one long: the higher key comes first. All keys differ, so sets are unambiguous.

    private final Sampling sampling;
    private final int vocabSize;
    private final RandomStream random;
    private final double[] weights;
    private final long[] keys;

    /**
     * @param vocabSize tokens that may be drawn: the first ones; logits after them are padding
     */
    public Sampler(Sampling sampling, int vocabSize) {
        if (vocabSize < 1) {
            throw new IllegalArgumentException("a vocabulary has at least one token, not " + vocabSize);
        }
        this.sampling = sampling;
        this.vocabSize = vocabSize;
        this.random = new RandomStream(sampling.seed());
        boolean greedy = sampling.temperature() == 0;
        this.weights = new double[greedy ? 0 : vocabSize];
        this.keys = new long[greedy ? 0 : vocabSize];
    }

    /**
     * The next token.
     *
     * @param logits at least as many as the vocabulary has tokens; minus infinity excludes a token. Not changed
     * @throws InvalidLogitsException if a logit is NaN or plus infinity, or all are minus infinity
     */
    public int next(float[] logits) {
        int first = first(logits);
        if (sampling.temperature() == 0) {
            return first;
        }
        double total = weigh(logits, logits[first]);
        int candidates = vocabSize;
        long threshold = Long.MIN_VALUE;
        double mass = total;
        if (sampling.topK() > 0 && sampling.topK() < vocabSize) {
            candidates = gather(logits, 0);
            threshold = keyAt(sampling.topK() - 1, candidates);
            candidates = sampling.topK();
            mass = massOf(candidates);
        }
        if (sampling.topP() < 1) {
            if (threshold == Long.MIN_VALUE) {
                candidates = gather(logits, total * (1 - sampling.topP()) / (2.0 * vocabSize));
            }
            threshold = nucleus(candidates, sampling.topP() * mass);
            mass = massFrom(logits, threshold);
        }
        return walk(logits, threshold, random.nextDouble() * mass);
    }

    /** The most likely token, and the check that the logits make sense. */
    private int first(float[] logits) {
        if (logits.length < vocabSize) {
            throw new IllegalArgumentException(
                    "expected at least " + vocabSize + " logits, one a token, got " + logits.length);
        }
        int first = 0;
        float highest = Float.NEGATIVE_INFINITY;
        for (int id = 0; id < vocabSize; id++) {
            float logit = logits[id];
            if (logit > highest) {
                highest = logit;
                first = id;
            } else if (Float.isNaN(logit)) {
                throw new InvalidLogitsException("logit of token " + id + " is NaN");
            }
        }
        if (Float.isInfinite(highest)) {
            throw new InvalidLogitsException(
                    highest > 0 ? "logit of token " + first + " is infinite" : "every logit is minus infinity");
        }
        return first;
    }

    /** Sets the weight of every token, the most likely one's being 1, and returns their sum. */
    private double weigh(float[] logits, float highest) {
        double temperature = sampling.temperature();
        double total = 0;
        for (int id = 0; id < vocabSize; id++) {
            weights[id] = StrictMath.exp(((double) logits[id] - highest) / temperature);
        }
        for (int id = 0; id < vocabSize; id++) {
            total += weights[id];
        }
        return total;
    }

    /** Puts the keys of the tokens of at least this weight at the beginning of {@link #keys}; returns how many. */
    private int gather(float[] logits, double minWeight) {
        int count = 0;
        for (int id = 0; id < vocabSize; id++) {
            if (weights[id] >= minWeight) {
                keys[count++] = key(logits[id], id);
            }
        }
        return count;
    }

    private double massOf(int candidates) {
        double mass = 0;
        for (int i = 0; i < candidates; i++) {
            mass += weights[id(keys[i])];
        }
        return mass;
    }

    private double massFrom(float[] logits, long threshold) {
        double mass = 0;
        for (int id = 0; id < vocabSize; id++) {
            if (key(logits[id], id) >= threshold) {
                mass += weights[id];
            }
        }
        return mass;
    }

    /** The token kept in whose stretch the point lies, the stretches laid end to end in order of id. */
    private int walk(float[] logits, long threshold, double point) {
        double reached = 0;
        int last = 0;
        for (int id = 0; id < vocabSize; id++) {
            if (weights[id] > 0 && key(logits[id], id) >= threshold) {
                reached += weights[id];
                last = id;
                if (point < reached) {
                    return id;
                }
            }
        }
        return last; // the product of a number below 1 and the mass may round up to the mass
    }

    /** The key at this place of the descending order of the first {@code count} keys; those before it are moved there. */
    private long keyAt(int place, int count) {
        int low = 0;
        int high = count;
        while (true) {
            int pivot = partition(low, high);
            if (pivot == place) {
                return keys[pivot];
            }
            if (pivot > place) {
                high = pivot;
            } else {
                low = pivot + 1;
            }
        }
    }

    /** The last key of the shortest beginning, in descending order, of the first {@code count} keys that has this mass. */
    private long nucleus(int count, double wanted) {
        int low = 0;
        int high = count;
        double before = 0;
        long lastPassed = Long.MIN_VALUE;
        while (low < high) {
            int pivot = partition(low, high);
            double above = before;
            for (int i = low; i < pivot; i++) {
                above += weights[id(keys[i])];
            }
            double through = above + weights[id(keys[pivot])];
            if (above >= wanted && pivot > low) {
                high = pivot;
            } else if (through >= wanted) {
                return keys[pivot];
            } else {
                lastPassed = keys[pivot];
                before = through;
                low = pivot + 1;
            }
        }
        return lastPassed; // sums in another order may fall short of the total by a rounding error
    }

    /** Moves the higher keys of [low, high) before a pivot and the lower ones behind it; returns the pivot's place. */
    private int partition(int low, int high) {
        int pivotAt = medianOfThree(low, (low + high) >>> 1, high - 1);
        long pivot = keys[pivotAt];
        keys[pivotAt] = keys[high - 1];
        keys[high - 1] = pivot;
        int end = low;
        for (int i = low; i < high - 1; i++) {
            long key = keys[i];
            if (key > pivot) {
                keys[i] = keys[end];
                keys[end++] = key;
            }
        }
        keys[high - 1] = keys[end];
        keys[end] = pivot;
        return end;
    }

    private int medianOfThree(int a, int b, int c) {
        if (keys[a] < keys[b]) {
            return keys[b] < keys[c] ? b : keys[a] < keys[c] ? c : a;
        }
        return keys[a] < keys[c] ? a : keys[b] < keys[c] ? c : b;
    }

    /** The order as a number: the higher logit, and among equals the lower id, has the higher key. */
    private static long key(float logit, int id) {
        int bits = Float.floatToRawIntBits(logit + 0f); // minus zero becomes zero
        int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) ordered << 32) | (~id & 0xFFFFFFFFL);
    }

    private static int id(long key) {
        return ~(int) key;
    }
}
