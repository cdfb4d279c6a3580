package dev.goldline.evaluator.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.modelruntime.Models;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.inference.CausalSequence;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.kernels.PackedMatrix;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.modelruntime.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int train(String... args) {
        return new CommandLine(new TrainCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private int train(Path recipe, Path to, String... more) {
        String[] args = new String[4 + more.length];
        args[0] = "--recipe";
        args[1] = recipe.toString();
        args[2] = "--out";
        args[3] = to.toString();
        System.arraycopy(more, 0, args, 4, more.length);
        return train(args);
    }

    @Test
    void a_recipe_becomes_a_checkpoint_that_runs() throws IOException {
        Path to = folder.resolve("new/tiny");
        assertThat(train(TestRecipe.write(folder), to)).as(err.toString()).isEqualTo(ExitStatus.GOOD);

        Path folderOfModel = to.resolve("checkpoint");
        try (Checkpoint checkpoint = Checkpoint.open(folderOfModel);
                Tokenizer tokenizer = Tokenizer.open(folderOfModel.resolve("tokenizer.json"));
                NativeCausalModel model = NativeCausalModel.load(checkpoint, LoadOptions.in(PackedMatrix.Format.FP32));
                CausalSequence sequence = model.newSequence()) {
            assertThat(sequence.append(tokenizer.encode("7 + 5"))).hasSize(300);
        }
        assertThat(out.toString()).startsWith("finished, ").contains(folderOfModel.toString());
        assertThat(err.toString()).contains("step      1").contains("100.0 % of 6,000 tokens");

        ModelProfile profile = Models.profile(folderOfModel.toString());
        assertThat(profile.name()).isEqualTo("tiny");
        assertThat(profile.mode(Mode.SPECIALE).systemPrefix())
                .isEqualTo(Vocabulary.profile().mode(Mode.SPECIALE).systemPrefix());

        JsonNode summary = JsonMapper.builder().build().readTree(to.resolve("training.json"));
        assertThat(summary.path("recipe").asString()).isEqualTo("tiny");
        assertThat(summary.path("seed").asInt()).isEqualTo(3);
        assertThat(summary.path("finished").asBoolean()).isTrue();
        assertThat(summary.path("tokens").asLong()).isGreaterThanOrEqualTo(6000);
        assertThat(summary.path("steps").asLong()).isBetween(15L, 30L);
        assertThat(summary.path("trained_seconds").asDouble()).isPositive();
        assertThat(summary.path("device").asString()).isEqualTo("cpu");
        assertThat(summary.path("machine").path("cores").asString()).isNotEmpty();
        assertThat(summary.path("versions").path("pytorch").asString()).isNotEmpty();
    }

    @Test
    void sittings_go_on_and_end_in_the_checkpoint_of_one() throws IOException {
        Path recipe = TestRecipe.write(folder, "tokens: 6000", "tokens: 1000");
        Path once = folder.resolve("once");
        Path often = folder.resolve("often");
        assertThat(train(recipe, once)).isEqualTo(ExitStatus.GOOD);
        int sittings = 0;
        do {
            out.getBuffer().setLength(0);
            assertThat(train(recipe, often, "--minutes", "0.0002", "--workers", "1"))
                    .as(err.toString())
                    .isEqualTo(ExitStatus.GOOD);
            sittings++;
        } while (out.toString().startsWith("not finished"));

        assertThat(sittings).isGreaterThan(1);
        for (String file : new String[] {"model.safetensors", "tokenizer.json", "config.json"}) {
            assertThat(Files.readAllBytes(often.resolve("checkpoint").resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(once.resolve("checkpoint").resolve(file)));
        }
        assertThat(Files.readAllLines(often.resolve("curves.jsonl")))
                .hasSameSizeAs(Files.readAllLines(once.resolve("curves.jsonl")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --device  | tpu | --device must be cpu, gpu or gpu with a number, was 'tpu'
                    --workers | 0   | --workers must be 1 to 1024, was 0
                    --minutes | -1  | --minutes must be above 0, was -1.0
                    --minutes | NaN | --minutes must be above 0, was NaN
                    """)
    void a_value_out_of_range_is_a_usage_error(String option, String value, String message) throws IOException {
        Path to = folder.resolve("out");
        assertThat(train(TestRecipe.write(folder), to, option, value)).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains(message);
        assertThat(to).doesNotExist();
    }

    @Test
    void a_folder_with_the_tokenizer_of_a_larger_recipe_is_refused() throws IOException {
        Path recipe = TestRecipe.write(folder);
        Path to = folder.resolve("out");
        assertThat(train(recipe, to, "--minutes", "0.0001")).isEqualTo(ExitStatus.GOOD);
        TestRecipe.write(folder, "vocabulary: 300", "vocabulary: 280");
        Files.writeString(folder.resolve("config.json"), TestRecipe.CONFIG.replace("300", "280"));
        assertThat(train(recipe, to)).isNotEqualTo(ExitStatus.GOOD);
        assertThat(err.toString()).contains("belongs to another recipe; choose another folder");
    }

    @Test
    void help_shows_an_example() {
        assertThat(train("--help")).isEqualTo(ExitStatus.GOOD);
        assertThat(out.toString()).contains("Example:").contains("./goldline train --recipe");
    }
}
