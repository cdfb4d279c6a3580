package dev.goldline.ci.sampling;

import dev.goldline.modelruntime.chat.Sampling;
import dev.goldline.modelruntime.sampling.Sampler;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The sampler against the textbook way: all weights by {@link Math#exp}, a sort of the whole vocabulary, then a walk
 * down the order. {@code spread} is the standard deviation of the logits: 4 is a model that is fairly sure, 0.5 one
 * that has learned little and whose nucleus is most of the vocabulary.
 *
 * <pre>java -cp … org.openjdk.jmh.Main SamplerBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SamplerBenchmark {
    /** Sets of logits, so that branches are not learned by heart. */
    private static final int SETS = 16;

    @Param({"512", "129280"})
    int vocabSize;

    @Param({"4", "0.5"})
    double spread;

    private final float[][] logits = new float[SETS][];
    private int turn;
    private Sampler topP = new Sampler(Sampling.published(1), 1);
    private Sampler topKTopP = topP;
    private Sampler unfiltered = topP;
    private Sampler greedy = topP;
    private FullSortSampler fullSort = new FullSortSampler(1, 1, 1, 1);

    @Setup
    public void prepare() {
        Random random = new Random(1);
        for (int set = 0; set < SETS; set++) {
            logits[set] = new float[vocabSize];
            for (int id = 0; id < vocabSize; id++) {
                logits[set][id] = (float) (random.nextGaussian() * spread);
            }
        }
        topP = new Sampler(Sampling.published(1), vocabSize);
        topKTopP = new Sampler(new Sampling(1.0, 0.95, 50, 1), vocabSize);
        unfiltered = new Sampler(new Sampling(1.0, 1.0, 0, 1), vocabSize);
        greedy = new Sampler(Sampling.greedy(), vocabSize);
        fullSort = new FullSortSampler(1.0, 0.95, vocabSize, 1);
    }

    @Benchmark
    public int topP() {
        return topP.next(nextLogits());
    }

    @Benchmark
    public int topKThenTopP() {
        return topKTopP.next(nextLogits());
    }

    @Benchmark
    public int unfiltered() {
        return unfiltered.next(nextLogits());
    }

    @Benchmark
    public int greedy() {
        return greedy.next(nextLogits());
    }

    @Benchmark
    public int topPByFullSort() {
        return fullSort.next(nextLogits());
    }

    private float[] nextLogits() {
        turn = (turn + 1) % SETS;
        return logits[turn];
    }
}
