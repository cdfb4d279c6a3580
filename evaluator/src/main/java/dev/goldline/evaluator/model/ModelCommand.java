package dev.goldline.evaluator.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at checkpoints of the DeepSeek-V3.2 architecture. */
@Command(
        name = "model",
        description = "Looks at a checkpoint folder: config.json and safetensors of the DeepSeek-V3.2 architecture.",
        subcommands = {ModelInfoCommand.class, ModelParityCommand.class},
        footer = {"", "Example:", "  ./goldline model info my-checkpoint"})
public final class ModelCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "name what to do with the model: info or parity");
    }
}
