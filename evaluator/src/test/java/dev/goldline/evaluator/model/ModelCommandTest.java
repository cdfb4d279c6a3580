package dev.goldline.evaluator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.RandomCheckpoint;
import dev.goldline.modelruntime.checkpoint.SafetensorsWriter;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.kernels.PackedMatrix.Format;
import dev.goldline.modelruntime.parity.NativeParitySubject;
import dev.goldline.modelruntime.parity.ParitySubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelCommandTest {
    private static final ModelConfig CONFIG = new ModelConfig(
            41,
            32,
            3,
            4,
            24,
            16,
            16,
            8,
            12,
            3,
            12,
            6,
            48,
            12,
            8,
            1,
            3,
            4,
            2,
            true,
            2.5,
            1,
            1e-6,
            10000,
            640,
            Optional.empty(),
            false,
            false,
            0,
            1);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void writeCheckpoint() throws IOException {
        RandomCheckpoint.write(folder, CONFIG, DType.F32, 4);
    }

    @Test
    void info_prints_parameters_and_costs() {
        assertThat(run("info", folder.toString())).isEqualTo(ExitStatus.GOOD);
        assertThat(out.toString())
                .contains("3 layers (1 dense), hidden 32, vocabulary 41, context 640")
                .contains("cache fp32  432 B a token: 288 latent, 144 index keys")
                .contains("  128K ");
    }

    @Test
    void info_prints_json() {
        assertThat(run("info", folder.toString(), "--json")).isEqualTo(ExitStatus.GOOD);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("indexTopk").asInt()).isEqualTo(6);
        assertThat(json.get("perTokenAtContext").size()).isEqualTo(8);
        assertThat(json.get("perTokenAtContext").get(1).get("dsaFlops").asDouble())
                .isEqualTo(3.0 * (2 * 4 * (2 * 16 + 8) * 6 + 2 * 3 * 12 * 2048));
    }

    @Test
    void parity_is_reached_by_a_model_with_itself() throws IOException {
        writeReference(0);
        assertThat(run("parity", folder.toString())).isEqualTo(ExitStatus.GOOD);
        assertThat(out.toString())
                .contains("native fp32")
                .contains("max |delta| 0.00 over 14 positions")
                .contains("keys        42 of 42 sets equal")
                .contains("greedy      5 of 5 tokens equal")
                .endsWith("within limits" + System.lineSeparator());
    }

    @Test
    void parity_falls_short_where_a_logit_is_off() throws IOException {
        writeReference(0.01f);
        assertThat(run("parity", folder.toString(), "--json")).isEqualTo(ExitStatus.FELL_SHORT);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("withinLimits").asBoolean()).isFalse();
        assertThat(json.get("maxLogitDelta").asDouble()).isBetween(0.0099, 0.0101);
    }

    @Test
    void parity_in_bf16_says_that_choices_were_forced() throws IOException {
        writeReference(0);
        assertThat(run("parity", folder.toString(), "--dtype", "bf16")).isEqualTo(ExitStatus.GOOD);
        assertThat(out.toString())
                .contains("native bf16")
                .contains("(with the recorded keys and the experts of an fp32 pass)");
    }

    @Test
    void a_missing_reference_or_checkpoint_is_an_input_error() {
        assertThat(run("parity", folder.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(out.toString()).contains("expected.safetensors: no such file");
        assertThat(run("info", folder.resolve("none").toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(out.toString()).contains("none: no such folder");
    }

    private void writeReference(float offset) throws IOException {
        int[] ids = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7};
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                ParitySubject subject = new NativeParitySubject(
                        NativeCausalModel.load(checkpoint, LoadOptions.in(Format.FP32)), "native")) {
            ParitySubject.ForwardPass pass = subject.forward(ids, Optional.empty());
            float[] logits = new float[ids.length * CONFIG.vocabSize()];
            for (int t = 0; t < ids.length; t++) {
                System.arraycopy(pass.logits()[t], 0, logits, t * CONFIG.vocabSize(), CONFIG.vocabSize());
            }
            logits[7] += offset;
            SafetensorsWriter writer = new SafetensorsWriter()
                    .add("input_ids", ids, 1, ids.length)
                    .add("logits", DType.F32, logits, 1, ids.length, CONFIG.vocabSize())
                    .add("greedy", subject.greedy(ids, 5), 1, ids.length + 5);
            for (int layer = 0; layer < 3; layer++) {
                writer.add("selected." + layer, padded(pass.selected()[layer]), 1, ids.length, 6);
            }
            writer.write(folder.resolve("expected.safetensors"));
        }
    }

    /** Rows with fewer causal keys are filled up with later positions, as the reference does. */
    private static int[] padded(int[][] rows) {
        int[] all = new int[rows.length * 6];
        for (int t = 0; t < rows.length; t++) {
            int[] row = Arrays.copyOf(rows[t], 6);
            for (int i = rows[t].length; i < 6; i++) {
                row[i] = t + 1 + i;
            }
            System.arraycopy(row, 0, all, t * 6, 6);
        }
        return all;
    }

    private int run(String... args) {
        CommandLine line = new CommandLine(new ModelCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof CommandException known) {
                        command.getOut().println(known.getMessage());
                        return known.status();
                    }
                    throw failure;
                });
        try {
            return line.execute(args);
        } finally {
            line.getOut().flush();
        }
    }
}
