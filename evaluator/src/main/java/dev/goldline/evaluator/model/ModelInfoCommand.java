package dev.goldline.evaluator.model;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a checkpoint's parameters, bytes and costs. */
@Command(
        name = "info",
        description = {
            "Prints parameters, bytes, cache per token and what a token costs.",
            "The cost is that of a token at 1K to 128K of context, with dense attention and with the",
            "checkpoint's sparse attention."
        },
        footer = {
            "",
            "Example:",
            "  ./goldline model info my-checkpoint --json",
            "",
            "Exit status: 0 done, 2 the folder is no sound checkpoint."
        })
final class ModelInfoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Checkpoint folder.")
    private @Nullable Path folder;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Checkpoint checkpoint = Checkpoint.open(Objects.requireNonNull(folder))) {
            ModelFacts facts = ModelFacts.of(checkpoint);
            Objects.requireNonNull(spec).commandLine().getOut().print(json ? facts.json() : facts.text());
            return ExitStatus.GOOD;
        } catch (CheckpointException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), "").causedBy(e);
        }
    }
}
