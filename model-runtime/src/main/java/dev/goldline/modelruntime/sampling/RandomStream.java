package dev.goldline.modelruntime.sampling;

/**
 * The random numbers of one answer: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014). Written out because the JDK does not promise to keep the sequences of its own generators.
 */
final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    RandomStream(long seed) {
        // Seeds are often consecutive numbers; mixing sets their streams far apart.
        this.state = mix(seed);
    }

    /** The next number in [0, 1), a multiple of 2^-53. */
    double nextDouble() {
        state += GOLDEN_GAMMA;
        return (mix(state) >>> 11) * 0x1.0p-53;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
