package dev.goldline.evaluator.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.modelruntime.djl.TrainableModel.Outcome;
import dev.goldline.modelruntime.training.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingCurvesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name_the_file() {
        file = folder.resolve("curves.jsonl");
    }

    private static TrainingProgress at(long step, double loss) {
        return new TrainingProgress(step, step * 100, true, 0.001, new Outcome(loss, 0.5, Double.NaN, 1.25), 1234.6);
    }

    private void sitting(long first, long last, double loss) throws IOException {
        try (TrainingCurves curves = new TrainingCurves(file)) {
            for (long step = first; step <= last; step++) {
                curves.accept(at(step, loss));
            }
        }
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(file).stream().map(JSON::readTree).toList();
    }

    @Test
    void a_line_every_25_steps_beginning_with_the_first() throws IOException {
        sitting(1, 60, 2.5);
        assertThat(lines()).extracting(line -> line.path("step").asInt()).containsExactly(1, 26, 51);
        assertThat(lines().get(1).toString())
                .isEqualTo("{\"step\":26,\"tokens\":2600,\"stage\":\"dense\",\"learning_rate\":0.001,\"loss\":2.5,"
                        + "\"indexer_kl\":0.5,\"kept_mass\":null,\"load_imbalance\":1.25,\"tokens_per_second\":1235}");
    }

    @Test
    void a_sitting_that_goes_on_from_an_older_state_leaves_each_step_once() throws IOException {
        sitting(1, 120, 3); // killed; the last state saved was that after step 50
        sitting(51, 130, 2);
        assertThat(lines()).extracting(line -> line.path("step").asInt()).containsExactly(1, 26, 51, 76, 101, 126);
        assertThat(lines())
                .extracting(line -> line.path("loss").asDouble())
                .containsExactly(3.0, 3.0, 2.0, 2.0, 2.0, 2.0);
    }

    @Test
    void a_torn_last_line_goes() throws IOException {
        sitting(1, 30, 3);
        Files.writeString(file, "{\"step\":2", StandardOpenOption.APPEND);
        sitting(31, 60, 2);
        assertThat(lines()).extracting(line -> line.path("step").asInt()).containsExactly(1, 26, 51);
    }

    @Test
    void a_sitting_with_nothing_to_do_changes_nothing() throws IOException {
        sitting(1, 30, 3);
        byte[] before = Files.readAllBytes(file);
        sitting(31, 30, 2);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void the_display_shows_the_first_step_one_whenever_time_has_passed_and_the_last() {
        StringWriter screen = new StringWriter();
        AtomicLong seconds = new AtomicLong();
        try (TrainingDisplay display = new TrainingDisplay(
                new PrintWriter(screen),
                10_000,
                Duration.ofSeconds(5),
                () -> Instant.ofEpochSecond(seconds.getAndAdd(2)))) {
            for (long step = 1; step <= 8; step++) {
                display.accept(at(step, 2));
            }
        }
        // Seen at 0, 2, 4, ... seconds: due at 0, 5 and 11.
        assertThat(screen.toString().lines()).hasSize(4);
        assertThat(screen.toString().lines().map(line -> line.substring(0, 11)))
                .containsExactly("step      1", "step      4", "step      7", "step      8");
        assertThat(screen.toString())
                .contains("kept mass -")
                .contains("1.0 % of 10,000 tokens")
                .contains("0:08 left");
    }
}
