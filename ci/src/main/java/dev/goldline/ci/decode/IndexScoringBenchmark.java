package dev.goldline.ci.decode;

import dev.goldline.modelruntime.checkpoint.FloatFormats;
import dev.goldline.modelruntime.kernels.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per key of finding the keys that may be among the best 64 of 16384 for one query: the kernels' bounds and
 * filter, against plain scoring in fp32 with a heap of the best so far. Four index heads of 8, as in the bundled model.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp CLASSPATH org.openjdk.jmh.Main IndexScoringBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class IndexScoringBenchmark {
    private static final int KEYS = 16384;
    private static final int PAGE = 256;
    private static final int HEADS = 4;
    private static final int DIMS = 8;
    private static final int TOP = 64;

    /** Heads whose weight is above zero. */
    @Param({"2", "4"})
    private int positive;

    private final Kernels kernels = Kernels.best();
    private final float[] query = new float[HEADS * DIMS];
    private final float[] weights = new float[HEADS];
    private final float[][] keys = new float[KEYS][DIMS];
    private final int[][] pairs = new int[KEYS / PAGE][PAGE * DIMS / 2];
    private final float[] starts = new float[HEADS];
    private final int[] positions = new int[KEYS + PAGE];
    private final float[] bounds = new float[KEYS + PAGE];
    private final float[] best = new float[TOP];
    private float floor;

    /** Random keys of normal values; the floor is the best 64's, as it is for most of a selection. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < query.length; i++) {
            query[i] = (float) random.nextGaussian();
        }
        for (int head = 0; head < HEADS; head++) {
            weights[head] = (head < positive ? 1f : -1f) / (head + 1);
            starts[head] = head < positive ? 0.01f : -0.01f;
        }
        for (int key = 0; key < KEYS; key++) {
            int slot = key % PAGE;
            int at = slot / Kernels.INDEX_GROUP * DIMS / 2 * Kernels.INDEX_GROUP + slot % Kernels.INDEX_GROUP;
            for (int d = 0; d < DIMS; d++) {
                keys[key][d] = (float) random.nextGaussian();
            }
            for (int d = 0; d < DIMS; d += 2) {
                pairs[key / PAGE][at + d / 2 * Kernels.INDEX_GROUP] =
                        FloatFormats.toBf16(keys[key][d + 1]) << 16 | FloatFormats.toBf16(keys[key][d]) & 0xFFFF;
            }
        }
        floor = plain();
    }

    /** The kernels: positions of bounds above the floor, page by page. */
    @Benchmark
    @OperationsPerInvocation(KEYS)
    public int kernels() {
        int found = 0;
        for (int page = 0; page < pairs.length; page++) {
            found += kernels.indexBoundsAbove(
                    query,
                    weights,
                    starts,
                    HEADS,
                    DIMS,
                    pairs[page],
                    PAGE,
                    floor,
                    page * PAGE,
                    positions,
                    bounds,
                    found);
        }
        return found;
    }

    /** Scoring one key after another, with the best so far in a heap; returns the least of the best. */
    @Benchmark
    @OperationsPerInvocation(KEYS)
    public float plain() {
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        for (float[] key : keys) {
            float score = 0;
            for (int head = 0; head < HEADS; head++) {
                float dot = 0;
                for (int d = 0; d < DIMS; d++) {
                    dot += query[head * DIMS + d] * key[d];
                }
                score += weights[head] * Math.max(dot, 0);
            }
            if (score > best[0]) {
                sink(score);
            }
        }
        return best[0];
    }

    /** Replaces the heap's least. */
    private void sink(float score) {
        int at = 0;
        while (2 * at + 1 < TOP) {
            int child = 2 * at + 1;
            if (child + 1 < TOP && best[child + 1] < best[child]) {
                child++;
            }
            if (best[child] >= score) {
                break;
            }
            best[at] = best[child];
            at = child;
        }
        best[at] = score;
    }
}
