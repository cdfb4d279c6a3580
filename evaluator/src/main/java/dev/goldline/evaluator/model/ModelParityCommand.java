package dev.goldline.evaluator.model;

import ai.djl.engine.EngineException;
import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.CheckpointException;
import dev.goldline.modelruntime.djl.DjlCausalModel;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.kernels.PackedMatrix.Format;
import dev.goldline.modelruntime.parity.DjlParitySubject;
import dev.goldline.modelruntime.parity.NativeParitySubject;
import dev.goldline.modelruntime.parity.ParityCheck;
import dev.goldline.modelruntime.parity.ParityResult;
import dev.goldline.modelruntime.parity.ParitySubject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Compares an engine with the reference recorded beside a checkpoint. */
@Command(
        name = "parity",
        description = {
            "Runs a checkpoint and compares with the reference recorded beside it.",
            "The reference is DIR/expected.safetensors. Compared are logits, selected keys and the greedy",
            "tokens decoded with a cache."
        },
        footer = {
            "",
            "Example:",
            "  ./goldline model parity my-checkpoint --backend native --dtype fp32",
            "",
            "fp32: logits within 0.001, the same keys and the same tokens. bf16: logits within 0.15, computed",
            "with the recorded keys and the experts of an fp32 pass, because rounding may swap keys or experts",
            "whose scores are close.",
            "Exit status: 0 within the limits, 1 not, 2 the folder or its reference is not sound, 3 the engine",
            "cannot run here."
        })
final class ModelParityCommand implements Callable<Integer> {
    /** Who computes. */
    enum Backend {
        NATIVE,
        DJL
    }

    /** How weights are held. */
    enum Dtype {
        FP32,
        BF16
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Checkpoint folder with expected.safetensors.")
    private @Nullable Path folder;

    @Option(
            names = "--backend",
            paramLabel = "ENGINE",
            defaultValue = "native",
            description = "native or djl (default: ${DEFAULT-VALUE}).")
    private Backend backend = Backend.NATIVE;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = "fp32",
            description = "fp32 or bf16 (default: ${DEFAULT-VALUE}).")
    private Dtype dtype = Dtype.FP32;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Path directory = Objects.requireNonNull(folder);
        try (Checkpoint checkpoint = Checkpoint.open(directory);
                ParitySubject subject = subject(checkpoint)) {
            ParityResult result = switch (dtype) {
                case FP32 ->
                    ParityCheck.run(directory, checkpoint.config(), subject, ParityCheck.FP32_LIMIT, Optional.empty());
                case BF16 -> roundedResult(directory, checkpoint, subject);
            };
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.print(json ? json(result) : text(result));
            return result.withinLimits() ? ExitStatus.GOOD : ExitStatus.FELL_SHORT;
        } catch (CheckpointException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), "").causedBy(e);
        }
    }

    private static ParityResult roundedResult(Path directory, Checkpoint checkpoint, ParitySubject subject) {
        try (ParitySubject exact = nativeSubject(checkpoint, Format.FP32)) {
            return ParityCheck.run(directory, checkpoint.config(), subject, ParityCheck.BF16_LIMIT, Optional.of(exact));
        }
    }

    private ParitySubject subject(Checkpoint checkpoint) {
        return switch (backend) {
            case NATIVE -> nativeSubject(checkpoint, dtype == Dtype.FP32 ? Format.FP32 : Format.BF16);
            case DJL -> djlSubject(checkpoint);
        };
    }

    private static ParitySubject nativeSubject(Checkpoint checkpoint, Format format) {
        String name = "native " + format.name().toLowerCase(Locale.ROOT);
        return new NativeParitySubject(NativeCausalModel.load(checkpoint, LoadOptions.in(format)), name);
    }

    private ParitySubject djlSubject(Checkpoint checkpoint) {
        try {
            DjlCausalModel model =
                    dtype == Dtype.FP32 ? DjlCausalModel.load(checkpoint) : DjlCausalModel.loadRounded(checkpoint);
            return new DjlParitySubject(model, "djl " + dtype.name().toLowerCase(Locale.ROOT));
        } catch (EngineException | LinkageError e) {
            throw CommandException.environment(
                            "the PyTorch engine cannot start here: " + e.getMessage(),
                            "it needs Linux on x86-64; --backend native runs anywhere")
                    .causedBy(e);
        }
    }

    private static String json(ParityResult result) {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        return mapper.writeValueAsString(mapper.createObjectNode()
                        .put("subject", result.subject())
                        .put("withinLimits", result.withinLimits())
                        .put("choicesForced", result.choicesForced())
                        .put("positions", result.positions())
                        .put("maxLogitDelta", result.maxLogitDelta())
                        .put("limit", result.limit())
                        .put("selections", result.selections())
                        .put("selectionsEqual", result.selectionsEqual())
                        .put("firstSelectionDifference", result.firstSelectionDifference())
                        .put("greedyTokens", result.greedyTokens())
                        .put("greedyEqual", result.greedyEqual()))
                + System.lineSeparator();
    }

    private static String text(ParityResult result) {
        StringBuilder out = new StringBuilder();
        line(out, "%s", result.subject());
        line(
                out,
                "  logits      max |delta| %.3g over %d positions, limit %.3g%s",
                result.maxLogitDelta(),
                result.positions(),
                result.limit(),
                result.choicesForced() ? " (with the recorded keys and the experts of an fp32 pass)" : "");
        String required = result.choicesForced() ? " (its own choice; not required here)" : "";
        line(out, "  keys        %d of %d sets equal%s", result.selectionsEqual(), result.selections(), required);
        if (!result.firstSelectionDifference().isEmpty()) {
            line(out, "              first: %s", result.firstSelectionDifference());
        }
        line(out, "  greedy      %d of %d tokens equal%s", result.greedyEqual(), result.greedyTokens(), required);
        line(out, "%s", result.withinLimits() ? "within limits" : "FELL SHORT");
        return out.toString();
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
