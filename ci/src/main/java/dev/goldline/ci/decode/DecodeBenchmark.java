package dev.goldline.ci.decode;

import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.checkpoint.RandomCheckpoint;
import dev.goldline.modelruntime.djl.DjlCausalModel;
import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.inference.CausalSequence;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix.Format;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Decoding end to end, one sequence on one thread: tokens per second of each engine over a short context, then the time
 * of a token by context with the checkpoint's sparse attention and with dense attention. All in one run, so that the
 * figures share a machine and a moment.
 *
 * <pre>
 * ./goldline benchmark decode [CHECKPOINT_DIR]
 * </pre>
 *
 * The command gives the bundled checkpoint where no folder is named, and PyTorch one thread as well; the class alone makes
 * a random checkpoint of the bundled one's size.
 */
public final class DecodeBenchmark {
    private static final int[] CONTEXTS = {1024, 2048, 4096, 8192, 16384};
    private static final int SHORT_PROMPT = 128;
    private static final int SHORT_DECODE = 512;
    private static final int EAGER_DECODE = 48;
    private static final int STEPS = 256;

    /** Steps of one context before the next one's turn: many enough that few find the caches cold. */
    private static final int TURN = 32;

    private static final int ROUNDS = 5;
    private static final int PREFILL_CHUNK = 512;
    private static final int WARM_UPS = 8;

    private final PrintStream out;
    private final SplittableRandom ids = new SplittableRandom(7);

    private DecodeBenchmark(PrintStream out) {
        this.out = out;
    }

    /**
     * One way to run the checkpoint.
     *
     * @param tokens decoded in a round
     */
    record Engine(String name, int tokens, Supplier<CausalModel> model) {}

    public static void main(String[] args) throws IOException {
        Path folder = args.length > 0 ? Path.of(args[0]) : randomCheckpoint();
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            new DecodeBenchmark(System.out).run(checkpoint);
        }
    }

    private static Path randomCheckpoint() throws IOException {
        Path folder = Files.createTempDirectory("goldline-decode");
        RandomCheckpoint.write(folder, BundledShape.config(), DType.BF16, 1);
        return folder;
    }

    private void run(Checkpoint checkpoint) {
        out.printf(
                Locale.ROOT,
                "%s; %s; Java %s; kernels %s%n",
                checkpoint.folder(),
                System.getProperty("os.arch"),
                Runtime.version(),
                Kernels.best().name());
        double eager = 1;
        double best = 0;
        for (Engine engine : engines(checkpoint)) {
            double rate = throughput(engine);
            // The tensor library comes last.
            eager = rate;
            best = Math.max(best, rate);
        }
        out.printf(Locale.ROOT, "native / djl eager: %.1f%n", best / eager);
        contexts(checkpoint);
    }

    /** The engines compared. */
    private static List<Engine> engines(Checkpoint checkpoint) {
        return List.of(
                new Engine(
                        "native fp32",
                        SHORT_DECODE,
                        () -> NativeCausalModel.load(checkpoint, LoadOptions.in(Format.FP32))),
                new Engine(
                        "native bf16",
                        SHORT_DECODE,
                        () -> NativeCausalModel.load(checkpoint, LoadOptions.in(Format.BF16))),
                new Engine("djl eager", EAGER_DECODE, () -> DjlCausalModel.load(checkpoint)));
    }

    /** Median tokens per second. */
    private double throughput(Engine engine) {
        List<Double> rates = new ArrayList<>();
        try (CausalModel model = engine.model().get()) {
            for (int round = -1; round < ROUNDS; round++) {
                try (CausalSequence sequence = model.newSequence()) {
                    sequence.append(tokens(model, SHORT_PROMPT));
                    long start = System.nanoTime();
                    for (int i = 0; i < engine.tokens(); i++) {
                        sequence.append(token(model));
                    }
                    // The first round warms the compiler up.
                    if (round >= 0) {
                        rates.add(engine.tokens() * 1e9 / (System.nanoTime() - start));
                    }
                }
            }
        }
        double[] sorted =
                rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "%-14s decode %8.0f tokens/s (median of %d rounds of %d tokens after %d; %.0f to %.0f)%n",
                engine.name(),
                sorted[sorted.length / 2],
                ROUNDS,
                engine.tokens(),
                SHORT_PROMPT,
                sorted[0],
                sorted[sorted.length - 1]);
        return sorted[sorted.length / 2];
    }

    /** As every command holds a checkpoint: bf16 weights in bf16. */
    private void contexts(Checkpoint checkpoint) {
        LoadOptions options = LoadOptions.exact();
        int topk = checkpoint.config().indexTopk();
        double[][] sparse = perToken(NativeCausalModel.load(checkpoint, options));
        double[][] dense = perToken(NativeCausalModel.load(checkpoint, options.withIndexTopk(Integer.MAX_VALUE)));
        out.printf(
                Locale.ROOT,
                "%nmicroseconds per token, native, weights held as stored: median of %d steps (and 10th percentile: other work on the machine"
                        + " shows in the difference), the contexts in turns%n",
                STEPS);
        out.printf(Locale.ROOT, "%8s %20s %20s%n", "context", "DSA, top " + topk, "dense");
        for (int i = 0; i < CONTEXTS.length; i++) {
            out.printf(
                    Locale.ROOT,
                    "%8d %10.1f (%7.1f) %10.1f (%7.1f)%n",
                    CONTEXTS[i],
                    sparse[i][0],
                    sparse[i][1],
                    dense[i][0],
                    dense[i][1]);
        }
        int last = CONTEXTS.length - 1;
        out.printf(
                Locale.ROOT,
                "16K / 2K: DSA %.2f (%.2f), dense %.2f (%.2f)%n",
                sparse[last][0] / sparse[1][0],
                sparse[last][1] / sparse[1][1],
                dense[last][0] / dense[1][0],
                dense[last][1] / dense[1][1]);
    }

    /**
     * Median and 10th percentile of a step at each context, after a warm-up. The contexts take turns, so that other work
     * on the machine falls on all of them alike.
     */
    private double[][] perToken(CausalModel model) {
        List<CausalSequence> sequences = new ArrayList<>();
        double[][] times = new double[CONTEXTS.length][STEPS];
        try (model) {
            for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
                try (CausalSequence sequence = model.newSequence()) {
                    grow(model, sequence, CONTEXTS[0] - STEPS);
                    steps(model, sequence, new double[STEPS], 0, STEPS);
                }
            }
            for (int context : CONTEXTS) {
                CausalSequence sequence = model.newSequence();
                sequences.add(sequence);
                grow(model, sequence, context - STEPS);
            }
            for (int step = 0; step < STEPS; step += TURN) {
                for (int i = 0; i < CONTEXTS.length; i++) {
                    steps(model, sequences.get(i), times[i], step, TURN);
                }
            }
            sequences.forEach(CausalSequence::close);
        }
        return Arrays.stream(times)
                .map(steps -> Arrays.stream(steps).sorted().toArray())
                .map(sorted -> new double[] {sorted[STEPS / 2], sorted[STEPS / 10]})
                .toArray(double[][]::new);
    }

    private void grow(CausalModel model, CausalSequence sequence, int length) {
        while (sequence.length() < length) {
            sequence.append(tokens(model, Math.min(PREFILL_CHUNK, length - sequence.length())));
        }
    }

    private void steps(CausalModel model, CausalSequence sequence, double[] times, int from, int count) {
        for (int step = from; step < from + count; step++) {
            int id = token(model);
            long start = System.nanoTime();
            sequence.append(id);
            times[step] = (System.nanoTime() - start) / 1e3;
        }
    }

    private int token(CausalModel model) {
        return ids.nextInt(model.config().vocabSize());
    }

    private int[] tokens(CausalModel model, int count) {
        return ids.ints(count, 0, model.config().vocabSize()).toArray();
    }
}
