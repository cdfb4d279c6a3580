package dev.goldline.evaluator.train;

import ai.djl.Device;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.encoding.V32Encoding;
import dev.goldline.modelruntime.tokenizer.AddedToken;
import dev.goldline.modelruntime.tokenizer.Tokenizer;
import dev.goldline.modelruntime.tokenizer.TokenizerTrainer;
import dev.goldline.modelruntime.training.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a small model by a recipe, in one sitting or several, and writes it as a checkpoint. */
@Command(
        name = "train",
        description = {
            "Trains a small model by a recipe and writes it as a checkpoint in Hugging Face layout.",
            "The same command again goes on where the last sitting stopped."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./goldline train --recipe evaluator/recipes/micro-math/recipe.yaml --out training/micro-math")
public final class TrainCommand implements Callable<Integer> {
    private static final String STANDARD_PREFIX = "<｜effort▁standard｜>";
    private static final String SPECIALE_PREFIX = "<｜effort▁speciale｜>";
    private static final int SAVE_EVERY = 250;

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
            description = "cpu or gpu, if PyTorch's native library has it (default: ${DEFAULT-VALUE})")
    private String device = "cpu";

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "threads that share a step; the result is the same for any number (default: the processors)")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--minutes",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "save and stop after so many minutes")
    private double minutes;

    @Override
    public Integer call() throws IOException {
        RecipeFile file = RecipeFile.read(Objects.requireNonNull(recipe));
        Path folder = Files.createDirectories(Objects.requireNonNull(out));
        Path checkpoint = Files.createDirectories(folder.resolve("checkpoint"));
        Path tokenizerJson = checkpoint.resolve("tokenizer.json");
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        if (!Files.exists(tokenizerJson)) {
            learnTokenizer(file, tokenizerJson);
        }
        try (Tokenizer tokenizer = Tokenizer.open(tokenizerJson)) {
            MicroMathDocuments documents = new MicroMathDocuments(file.curriculum(), tokenizer, TrainCommand::prefix);
            Trainer trainer = new Trainer(
                    file.config(), file.training(), documents, file.curriculum().toString(), Clock.systemUTC());
            Trainer.Sitting sitting = new Trainer.Sitting(
                    Device.fromName(device),
                    workers,
                    Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
                    Duration.ofMillis((long) (minutes * 60_000)),
                    SAVE_EVERY);
            boolean finished;
            try (TrainingCurves curves = new TrainingCurves(folder.resolve("curves.jsonl"), err, file.training())) {
                finished = trainer.run(folder, sitting, curves);
            }
            trainer.export(folder, checkpoint, DType.BF16);
            spec.commandLine()
                    .getOut()
                    .println((finished ? "finished: " : "not finished, the same command goes on: ") + checkpoint);
            return 0;
        }
    }

    private static void learnTokenizer(RecipeFile file, Path json) throws IOException {
        List<AddedToken> added = List.of(
                AddedToken.control(V32Encoding.BEGIN),
                AddedToken.control(V32Encoding.END),
                AddedToken.control("<｜▁pad▁｜>"),
                AddedToken.control(V32Encoding.USER),
                AddedToken.control(V32Encoding.ASSISTANT),
                AddedToken.control(V32Encoding.THINK),
                AddedToken.control(V32Encoding.THINK_END),
                AddedToken.control(STANDARD_PREFIX),
                AddedToken.control(SPECIALE_PREFIX),
                AddedToken.text("\\boxed{"));
        TokenizerTrainer trainer = new TokenizerTrainer(added, file.vocabulary());
        for (int i = 0; i < file.tokenizerDocuments(); i++) {
            trainer.add(MicroMathDocuments.text(file.curriculum(), i));
        }
        Path next = json.resolveSibling("tokenizer.json.next");
        trainer.write(next);
        Files.move(next, json, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String prefix(Mode mode) {
        return switch (mode) {
            case NON_THINKING -> "";
            case STANDARD -> STANDARD_PREFIX;
            case SPECIALE -> SPECIALE_PREFIX;
        };
    }
}
