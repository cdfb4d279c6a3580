package dev.goldline.evaluator.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

@NullMarked
class FailureRenderingTest {
    private final StringWriter err = new StringWriter();

    private int run(@Nullable String environment, Exception failure, String... args) {
        FailureRendering rendering = new FailureRendering(environment);
        CommandLine line = new CommandLine(CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> {
            throw failure;
        }));
        RootCommand.addCommonOptions(line);
        return line.setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(rendering::failed)
                .execute(args);
    }

    @Test
    void a_known_failure_is_one_line_and_a_hint() {
        int status = run(null, CommandException.environment("no room on /data: 3 MB left", "free 20 MB there"));

        assertThat(status).isEqualTo(ExitStatus.ENVIRONMENT);
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                goldline: no room on /data: 3 MB left
                  free 20 MB there
                """);
    }

    @Test
    void a_missing_file_is_an_input_error_that_names_it() {
        assertThat(run(null, new UncheckedIOException(new NoSuchFileException("sets/x.yaml"))))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).startsWith("goldline: no such file or folder: sets/x.yaml");
    }

    @Test
    void a_rejected_value_is_an_input_error_with_its_message_on_one_line() {
        assertThat(run(null, new IllegalArgumentException("top-p must lie in (0, 1],\n was 7")))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString().strip()).isEqualTo("goldline: top-p must lie in (0, 1],; was 7");
    }

    @Test
    void other_trouble_with_files_is_the_environments() {
        assertThat(run(null, new IOException("Input/output error"))).isEqualTo(ExitStatus.ENVIRONMENT);
    }

    @Test
    void a_fault_of_ours_says_so_and_how_to_see_more() {
        assertThat(run(null, new IllegalStateException("no cache"))).isEqualTo(ExitStatus.ENVIRONMENT);
        assertThat(err.toString())
                .contains("unexpected IllegalStateException: no cache")
                .contains("--stacktrace")
                .doesNotContain("\tat ");
    }

    @Test
    void the_trace_is_shown_when_asked_for_by_option_or_environment() {
        run(null, new IllegalStateException("no cache"), "--stacktrace");
        assertThat(err.toString()).contains("\tat ");

        err.getBuffer().setLength(0);
        run("1", new IllegalStateException("no cache"));
        assertThat(err.toString()).contains("\tat ");
    }
}
