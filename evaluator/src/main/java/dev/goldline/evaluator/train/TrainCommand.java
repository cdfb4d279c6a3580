package dev.goldline.evaluator.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.evaluator.console.GoldlineVersion;
import dev.goldline.modelruntime.Models;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.modelruntime.tokenizer.Tokenizer;
import dev.goldline.modelruntime.training.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a small model by a recipe, in one sitting or several, and writes it as a checkpoint. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a small model by a recipe and writes it as a checkpoint in Hugging Face layout.",
            "The same command again goes on where the last sitting stopped."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ./goldline train --recipe evaluator/recipes/micro-math/recipe.yaml --out training/micro-math",
            "",
            "DIR gets checkpoint/ (a model for run --model), curves.jsonl, training.json and the state",
            "that a later sitting goes on from."
        })
public final class TrainCommand implements Callable<Integer> {
    private static final int SAVE_EVERY = 250;
    private static final int MOST_WORKERS = 1024;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration NO_LIMIT = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Pattern DEVICE = Pattern.compile("cpu|gpu([0-9]{1,3})?");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--recipe", required = true, paramLabel = "FILE", description = "the recipe (YAML)")
    private @Nullable Path recipe;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "folder of the state, the curves and the checkpoint")
    private @Nullable Path out;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "NAME",
            description = "cpu, or gpu, gpu0, gpu1… if PyTorch's native library has it (default: ${DEFAULT-VALUE})")
    private String device = "cpu";

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "threads that share a step; the result is the same for any number (default: the processors)")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "save and stop after so many minutes (default: train to the end)")
    private @Nullable Double minutes;

    @Override
    public Integer call() throws IOException {
        checkOptions();
        RecipeFile file = RecipeFile.read(Objects.requireNonNull(recipe));
        checkDevice();
        Path folder = Objects.requireNonNull(out);
        Path checkpoint = Files.createDirectories(folder.resolve("checkpoint"));
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        Path tokenizerJson = checkpoint.resolve("tokenizer.json");
        if (!Files.exists(tokenizerJson)) {
            err.println("learning the tokenizer from " + file.tokenizerDocuments() + " documents");
            err.flush();
            Vocabulary.learn(file, tokenizerJson);
        }
        ModelProfile profile = Vocabulary.profile();
        try (Tokenizer tokenizer = Tokenizer.open(tokenizerJson)) {
            if (tokenizer.vocabSize() > file.config().vocabSize()) {
                throw new IllegalArgumentException(tokenizerJson + " has " + tokenizer.vocabSize()
                        + " tokens but the recipe's model " + file.config().vocabSize()
                        + ": it belongs to another recipe; choose another folder");
            }
            MicroMathDocuments documents = new MicroMathDocuments(file.curriculum(), tokenizer, profile);
            Trainer trainer = new Trainer(
                    file.config(),
                    file.training(),
                    documents,
                    file.curriculum() + documents.fingerprint(),
                    Clock.systemUTC());
            Trainer.Result result;
            try (Interruption interruption = Interruption.watch(err)) {
                result = train(trainer, file, folder, err, interruption);
            }
            trainer.export(folder, checkpoint, DType.BF16);
            TrainedProfile.write(file.name(), profile, checkpoint.resolve(Models.FOLDER_PROFILE));
            TrainingSummary.write(folder.resolve("training.json"), file, result, device, workers, versions());
            report(result, checkpoint);
            return ExitStatus.GOOD;
        }
    }

    private Trainer.Result train(
            Trainer trainer, RecipeFile file, Path folder, PrintWriter err, Interruption interruption)
            throws IOException {
        Trainer.Sitting sitting = new Trainer.Sitting(
                Device.fromName(device),
                workers,
                Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
                minutes == null ? NO_LIMIT : Duration.ofMillis((long) (minutes * 60_000)),
                SAVE_EVERY,
                interruption::asked);
        try (TrainingCurves curves = new TrainingCurves(folder.resolve("curves.jsonl"));
                TrainingDisplay display =
                        new TrainingDisplay(err, file.training().tokens(), BETWEEN_LINES, Clock.systemUTC())) {
            return trainer.run(folder, sitting, at -> {
                curves.accept(at);
                display.accept(at);
            });
        }
    }

    private void checkOptions() {
        if (!DEVICE.matcher(device).matches()) {
            throw usage("--device must be cpu, gpu or gpu with a number, was '" + device + "'");
        }
        if (workers < 1 || workers > MOST_WORKERS) {
            throw usage("--workers must be 1 to " + MOST_WORKERS + ", was " + workers);
        }
        if (minutes != null && !(minutes > 0)) {
            throw usage("--minutes must be above 0, was " + minutes);
        }
    }

    private void checkDevice() {
        Device wanted = Device.fromName(device);
        int gpus = wanted.isGpu() ? Engine.getEngine("PyTorch").getGpuCount() : 0;
        if (wanted.isGpu() && wanted.getDeviceId() >= gpus) {
            throw CommandException.environment(
                    "--device " + device + ": PyTorch's native library here sees " + gpus + " GPUs",
                    "use --device cpu, or install the native library built for this GPU");
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private static Map<String, String> versions() {
        return Map.of(
                "goldline",
                GoldlineVersion.current(),
                "pytorch",
                Engine.getEngine("PyTorch").getVersion(),
                "djl",
                Engine.getDjlVersion());
    }

    private void report(Trainer.Result result, Path checkpoint) {
        PrintWriter screen = Objects.requireNonNull(spec).commandLine().getOut();
        screen.println(String.format(
                Locale.ROOT,
                "%s %,d tokens in %,d steps and %.1f minutes: %s",
                result.finished() ? "finished," : "not finished, the same command goes on;",
                result.tokens(),
                result.steps(),
                result.trained().toMillis() / 60e3,
                checkpoint));
        screen.flush();
    }
}
