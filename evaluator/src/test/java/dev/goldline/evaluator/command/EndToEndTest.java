package dev.goldline.evaluator.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.evaluator.run.ProblemSets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The command as a user has it, with the bundled model and the bundled problems. */
@NullMarked
class EndToEndTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PROBLEMS = 14;
    private static final int ATTEMPTS = 2 * PROBLEMS;
    private static final List<String> RUN =
            List.of("run", "--mode", "standard", "--mode", "speciale", "--limit", Integer.toString(PROBLEMS));

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void the_same_seed_gives_the_same_tokens_and_figures_whatever_the_concurrency_and_after_kill_9() throws Exception {
        assertThat(run("one-thread", "--concurrency", "1")).isEqualTo(ExitStatus.GOOD);
        assertThat(run("three-threads", "--concurrency", "3")).isEqualTo(ExitStatus.GOOD);
        killWhenSomeAreDone("killed");
        assertThat(attempts("killed")).hasSizeBetween(4, ATTEMPTS - 1);
        assertThat(run("killed", "--concurrency", "2")).isEqualTo(ExitStatus.GOOD);

        Map<String, JsonNode> attempts = attempts("one-thread");
        assertThat(attempts).hasSize(ATTEMPTS);
        assertThat(attempts("three-threads")).isEqualTo(attempts);
        assertThat(attempts("killed")).isEqualTo(attempts);
        JsonNode figures = figures("one-thread");
        assertThat(figures("three-threads")).isEqualTo(figures);
        assertThat(figures("killed")).isEqualTo(figures);
    }

    @Test
    void another_seed_gives_other_tokens() throws Exception {
        assertThat(goldline("run", "--mode", "standard", "--limit", "2", "--out", at("seed-1"), "--seed", "1"))
                .isEqualTo(ExitStatus.GOOD);
        assertThat(goldline("run", "--mode", "standard", "--limit", "2", "--out", at("seed-2"), "--seed", "2"))
                .isEqualTo(ExitStatus.GOOD);
        assertThat(attempts("seed-2")).isNotEqualTo(attempts("seed-1"));
        assertThat(goldline("run", "--mode", "standard", "--limit", "2", "--out", at("seed-1"), "--seed", "2"))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString())
                .contains("holds another run: seed: the run has 1, asked for now is 2", "name another folder");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            --samples 0,            --samples must be 1 or more, was 0
            --samples 2147483647,   2147483647 samples of 140 problems in 2 modes are 601295421160 attempts
            --limit 0,              --limit must be 1 or more, was 0
            --max-tokens 0,         --max-tokens must be 1 or more, was 0
            --max-tokens 9999999999,Invalid value for option '--max-tokens': '9999999999'
            --thinking-budget -1,   --thinking-budget must be 0 or more, was -1
            --temperature -1,       --temperature must be 0 or more
            --temperature NaN,      --temperature must be 0 or more
            --top-p 0,              --top-p must be more than 0 and at most 1, was 0.0
            --top-p NaN,            --top-p must be more than 0 and at most 1, was NaN
            --concurrency 0,        --concurrency must be 1 or more, was 0
            --mode fast,            unknown mode 'fast'; use one of non-thinking
            --model nope,           no model 'nope'
            --set nope,             no problem set 'nope': neither a bundled one (micro-math)
            --set=,                 no problem set '': neither a bundled one (micro-math)
            --out=,                 an empty path; name a file or a folder
            --out /dev/null,        /dev/null is a file: name a folder for the run
            """)
    void what_run_cannot_do_is_a_usage_error_that_names_the_option_and_the_value(String option, String message) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(option.split(" ")));
        assertThat(goldline(arguments.toArray(String[]::new))).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains(message).doesNotContain("fault in goldline");
    }

    @Test
    void an_audit_agrees_with_a_run_and_names_what_was_changed_in_it() throws Exception {
        assertThat(goldline("run", "--mode", "standard", "--limit", "3", "--out", at("run"), "--events", at("events")))
                .isEqualTo(ExitStatus.GOOD);
        assertThat(Files.readAllLines(folder.resolve("events")))
                .last()
                .satisfies(line ->
                        assertThat(JSON.readTree(line).get("how").asString()).isEqualTo("complete"));
        assertThat(goldline("audit", at("run"))).isEqualTo(ExitStatus.GOOD);
        assertThat(out.toString()).contains("3 lines read", "no difference");

        Path log = folder.resolve("run").resolve("attempts.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        String rest = lines.get(1).substring(21).replaceFirst("\"seed\":(-?[0-9]+)", "\"seed\":7");
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(rest.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        lines.set(1, "{\"crc32c\":\"%08x\",%s".formatted(crc.getValue(), rest));
        Files.write(log, lines);
        out.getBuffer().setLength(0);
        assertThat(goldline("audit", at("run"))).isEqualTo(ExitStatus.FELL_SHORT);
        assertThat(out.toString()).contains("1 differences", "seeds: attempts.jsonl line 2", "has 7");

        Files.write(log, lines.subList(0, 2));
        out.getBuffer().setLength(0);
        assertThat(goldline("audit", at("run"), "--json")).isEqualTo(ExitStatus.FELL_SHORT);
        assertThat(JSON.readTree(out.toString()).get("missing").asInt()).isEqualTo(1);

        assertThat(goldline("audit", at("nothing"))).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void a_dry_run_prices_and_asks_nothing() {
        assertThat(goldline("run", "micro-math", "--samples", "3", "--out", at("dry"), "--dry-run"))
                .isEqualTo(ExitStatus.GOOD);
        assertThat(out.toString())
                .contains("attempts: 840", "output tokens: at most 537600", "money: unknown, the profile of bundled");
        assertThat(folder.resolve("dry")).doesNotExist();
    }

    @Test
    void more_problems_than_the_set_has_are_all_of_them() throws Exception {
        assertThat(ProblemSets.find("micro-math").first(Integer.MAX_VALUE).problems())
                .hasSize(140);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> runInto(String name, String... more) {
        List<String> arguments = new ArrayList<>(RUN);
        arguments.addAll(List.of("--out", at(name)));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private int run(String name, String... more) {
        return goldline(runInto(name, more).toArray(String[]::new));
    }

    private int goldline(String... arguments) {
        return Goldline.execute(List.of(arguments), new PrintWriter(out), new PrintWriter(err));
    }

    private void killWhenSomeAreDone(String name) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-modules") || flag.startsWith("--enable-native-access"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Goldline.class.getName()));
        command.addAll(runInto(name, "--concurrency", "1"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
        Path log = folder.resolve(name).resolve("attempts.jsonl");
        while (!Files.exists(log) || wholeLines(log).size() < 4) {
            assertThat(process.isAlive())
                    .as("the run ended before it could be killed")
                    .isTrue();
            Thread.sleep(5);
        }
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor()).isEqualTo(128 + 9);
    }

    private static List<String> wholeLines(Path log) throws IOException {
        String text = Files.readString(log);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** The attempts without their times, by key. */
    private Map<String, JsonNode> attempts(String name) throws IOException {
        Map<String, JsonNode> attempts = new TreeMap<>();
        for (String line : wholeLines(folder.resolve(name).resolve("attempts.jsonl"))) {
            ObjectNode attempt = (ObjectNode) JSON.readTree(line);
            attempt.remove(List.of("crc32c", "startedAt", "duration"));
            assertThat(attempts.put(attempt.get("key").toString(), attempt)).isNull();
        }
        return attempts;
    }

    /** All figures of a report but those that time a machine. */
    private JsonNode figures(String name) {
        out.getBuffer().setLength(0);
        assertThat(goldline("report", at(name), "--json")).isEqualTo(ExitStatus.GOOD);
        ObjectNode report = (ObjectNode) JSON.readTree(out.toString());
        report.remove("provenance");
        for (JsonNode field : report.get("fields")) {
            ((ObjectNode) field).remove("runs");
            for (JsonNode row : field.get("leaderboard").get("rows")) {
                assertThat(row.get("accuracy").get("n").asInt()).isEqualTo(PROBLEMS);
                ((ObjectNode) row).remove("speed");
            }
        }
        return report;
    }
}
