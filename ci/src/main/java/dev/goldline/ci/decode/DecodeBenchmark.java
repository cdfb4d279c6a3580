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
 * The command gives the bundled checkpoint where no folder is named; the class alone makes a random one of its size.
 */
public final class DecodeBenchmark {
    private static final int[] CONTEXTS = {1024, 2048, 4096, 8192, 16384};
    private static final int SHORT_PROMPT = 128;
    private static final int SHORT_DECODE = 512;
    private static final int BASELINE_DECODE = 64;
    private static final int STEPS = 192;
    private static final int ROUNDS = 5;
    private static final int PREFILL_CHUNK = 512;

    private final PrintStream out;
    private final SplittableRandom ids = new SplittableRandom(7);

    private DecodeBenchmark(PrintStream out) {
        this.out = out;
    }

    /**
     * One way to run the checkpoint.
     *
     * @param tokens decoded a round
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
        List<Engine> engines = engines(checkpoint);
        double[] rates = engines.stream().mapToDouble(this::throughput).toArray();
        double baseline = rates[rates.length - 1];
        for (int i = 0; i + 1 < rates.length; i++) {
            out.printf(
                    Locale.ROOT,
                    "%s / %s: %.1f times the tokens per second%n",
                    engines.get(i).name(),
                    engines.getLast().name(),
                    rates[i] / baseline);
        }
        contexts(checkpoint);
    }

    /** The engines compared, the baseline last. */
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
                new Engine("djl eager fp32", BASELINE_DECODE, () -> DjlCausalModel.load(checkpoint)));
    }

    /** The median of the rounds, in tokens per second. */
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

    private void contexts(Checkpoint checkpoint) {
        LoadOptions fp32 = LoadOptions.in(Format.FP32);
        double[][] columns = {
            perToken(NativeCausalModel.load(checkpoint, fp32)),
            perToken(NativeCausalModel.load(checkpoint, LoadOptions.in(Format.BF16))),
            perToken(NativeCausalModel.load(checkpoint, fp32.withIndexTopk(Integer.MAX_VALUE)))
        };
        out.printf(
                Locale.ROOT,
                "%nmicroseconds per token (median of %d steps), native; DSA selects %d keys%n",
                STEPS,
                checkpoint.config().indexTopk());
        out.printf(Locale.ROOT, "%8s %12s %12s %12s%n", "context", "DSA fp32", "DSA bf16", "dense fp32");
        for (int i = 0; i < CONTEXTS.length; i++) {
            out.printf(
                    Locale.ROOT,
                    "%8d %12.1f %12.1f %12.1f%n",
                    CONTEXTS[i],
                    columns[0][i],
                    columns[1][i],
                    columns[2][i]);
        }
        out.printf(
                Locale.ROOT,
                "16K / 2K %12.2f %12.2f %12.2f%n",
                longOverShort(columns[0]),
                longOverShort(columns[1]),
                longOverShort(columns[2]));
    }

    private static double longOverShort(double[] medians) {
        return medians[CONTEXTS.length - 1] / medians[1];
    }

    /** Median time of a step at each context, in one growing sequence. */
    private double[] perToken(CausalModel model) {
        double[] medians = new double[CONTEXTS.length];
        try (model;
                CausalSequence sequence = model.newSequence()) {
            for (int i = 0; i < CONTEXTS.length; i++) {
                while (sequence.length() < CONTEXTS[i] - STEPS) {
                    int missing = CONTEXTS[i] - STEPS - sequence.length();
                    sequence.append(tokens(model, Math.min(PREFILL_CHUNK, missing)));
                }
                double[] times = new double[STEPS];
                for (int step = 0; step < STEPS; step++) {
                    long start = System.nanoTime();
                    sequence.append(token(model));
                    times[step] = (System.nanoTime() - start) / 1e3;
                }
                Arrays.sort(times);
                medians[i] = times[STEPS / 2];
            }
        }
        return medians;
    }

    private int token(CausalModel model) {
        return ids.nextInt(model.config().vocabSize());
    }

    private int[] tokens(CausalModel model, int count) {
        return ids.ints(count, 0, model.config().vocabSize()).toArray();
    }
}
