package dev.goldline.evaluator.schedule;

/**
 * A permutation of {@code 0} to {@code size - 1} that a seed determines and that needs no memory: a Feistel network over
 * the next even number of bits, walked along until it falls inside (Black and Rogaway, "Ciphers with arbitrary finite
 * domains", 2002). Not for secrets.
 */
public final class SeededOrder {
    private static final int ROUNDS = 6;

    private final int size;
    private final long seed;
    private final int halfBits;
    private final int halfMask;

    /**
     * @param size 1 or more
     */
    public SeededOrder(int size, long seed) {
        if (size < 1) {
            throw new IllegalArgumentException("an order has 1 place or more, not " + size);
        }
        this.size = size;
        this.seed = seed;
        int bits = Math.max(2, 32 - Integer.numberOfLeadingZeros(size - 1));
        this.halfBits = (bits + 1) / 2;
        this.halfMask = (1 << halfBits) - 1;
    }

    /** What comes at a position, 0 to {@code size - 1}. */
    public int at(int position) {
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException("position " + position + " of " + size);
        }
        long value = position;
        do {
            value = mixed(value);
        } while (value >= size);
        return (int) value;
    }

    private long mixed(long value) {
        int left = (int) (value >>> halfBits);
        int right = (int) value & halfMask;
        for (int round = 0; round < ROUNDS; round++) {
            int next = left ^ (int) (hash(right, round) & halfMask);
            left = right;
            right = next;
        }
        return (long) left << halfBits | right;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014) over what must matter. */
    private long hash(int half, int round) {
        long z = seed + 0x9e3779b97f4a7c15L * ((long) half * ROUNDS + round + 1);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
