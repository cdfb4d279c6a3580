package dev.goldline.evaluator.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.evaluator.console.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

@NullMarked
class GoldlineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int goldline(String... args) {
        return Goldline.execute(List.of(args), new PrintWriter(out), new PrintWriter(err));
    }

    @Test
    void version_names_goldline_java_and_the_system() {
        assertThat(goldline("--version")).isEqualTo(ExitStatus.GOOD);
        assertThat(out.toString())
                .containsPattern("(?m)^goldline \\d+\\.\\d+\\.\\d+$")
                .contains("Java " + Runtime.version())
                .contains(System.getProperty("os.name"));
    }

    @Test
    void help_lists_every_verb_and_the_exit_statuses() {
        assertThat(goldline("--help")).isEqualTo(ExitStatus.GOOD);
        for (Verb verb : Verb.values()) {
            assertThat(out.toString()).containsPattern("(?m)^  " + verb.label() + " ");
        }
        assertThat(out.toString()).contains("Exit status: 0 good, 1 the thing examined fell short, 2 usage");
    }

    @Test
    void no_verb_is_a_usage_error_that_shows_the_help() {
        assertThat(goldline()).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).startsWith("Usage: goldline");
    }

    @Test
    void a_misspelt_verb_gets_a_suggestion() {
        assertThat(goldline("completoin")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString())
                .contains("goldline: unknown verb 'completoin'")
                .contains("did you mean: completion?")
                .contains("see: ./goldline --help");
    }

    @Test
    void an_unknown_option_of_a_verb_points_to_the_verbs_help() {
        assertThat(goldline("completion", "--colour")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("unknown option '--colour'").contains("see: ./goldline completion --help");
    }

    @Test
    void completion_covers_every_verb() {
        assertThat(goldline("completion")).isEqualTo(ExitStatus.GOOD);
        for (Verb verb : Verb.values()) {
            assertThat(out.toString()).contains("_picocli_goldline_" + verb.label());
        }
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void every_verb_and_what_lies_below_it_has_help_with_a_description_and_an_example(Verb verb) {
        Deque<CommandLine> open = new ArrayDeque<>();
        open.addAll(Goldline.commandLine(List.of(verb.label())).getSubcommands().values());
        List<String> without = new ArrayList<>();
        while (!open.isEmpty()) {
            CommandLine line = open.pop();
            open.addAll(line.getSubcommands().values());
            String usage = line.getUsageMessage();
            String name = line.getCommandSpec().qualifiedName();
            if (line.getCommandSpec().usageMessage().description().length == 0
                    || !usage.contains("Example")
                    || !usage.contains("./" + name)
                    || !usage.contains("--help")) {
                without.add(name);
            }
        }
        assertThat(without).isEmpty();
    }
}
