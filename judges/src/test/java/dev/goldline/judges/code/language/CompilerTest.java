package dev.goldline.judges.code.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.goldline.judges.code.sandbox.Ending;
import dev.goldline.judges.code.sandbox.Execution;
import dev.goldline.judges.code.sandbox.Input;
import dev.goldline.judges.code.sandbox.Limits;
import dev.goldline.judges.code.sandbox.Sandbox;
import dev.goldline.judges.code.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompilerTest {
    private static final Languages LANGUAGES = Languages.bundled();
    private static final Toolchain TOOLS = Toolchain.ofSystem();

    @TempDir
    private Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = temporary.toRealPath();
    }

    private Build compile(String name, String source) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Language language = LANGUAGES.of(List.of(file));
        assumeTrue(
                language.version().stream()
                        .limit(1)
                        .allMatch(tool -> TOOLS.find(tool).isPresent()),
                "skipped: no tools for " + language.name());
        return new Compiler(Sandboxes.open(), TOOLS, Duration.ofSeconds(10), 1L << 30).compile(language, folder);
    }

    private Execution run(Build build, String input) throws Exception {
        Sandbox sandbox = Sandboxes.open();
        assertThat(build).isInstanceOf(Build.Ready.class);
        return sandbox.run(((Build.Ready) build)
                .program()
                .run(
                        List.of(),
                        new Input.OfBytes(input.getBytes(StandardCharsets.UTF_8)),
                        Limits.of(Duration.ofSeconds(5), 128 << 20),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sum.c|#include <stdio.h>%nint main(){int a,b;scanf("%d%d",&a,&b);printf("%d\\n",a+b);}
            sum.cpp|#include <bits/stdc++.h>%nint main(){int a,b;std::cin>>a>>b;std::cout<<a+b<<"\\n";}
            sum.py|print(sum(map(int, input().split())))
            Sum.java|import java.util.*; class Sum {public static void main(String[] a){var s=new Scanner(System.in);System.out.println(s.nextInt()+s.nextInt());}}
            deep/Main.java|package deep; public class Main {public static void main(String[] a){System.out.println(5);}}
            """)
    void compiles_and_runs(String name, String source) throws Exception {
        Execution execution = run(compile(name, source.replace("%n", "\n")), "2 3\n");

        assertThat(new String(execution.errors(), StandardCharsets.UTF_8)).isEmpty();
        assertThat(execution.exited(0)).isTrue();
        assertThat(new String(execution.output(), StandardCharsets.UTF_8)).isEqualTo("5\n");
    }

    @Test
    void reports_what_the_compiler_says() throws Exception {
        assertThat(compile("bad.c", "int main() { return x; }"))
                .isInstanceOfSatisfying(
                        Build.Refused.class,
                        refused -> assertThat(refused.message()).contains("bad.c:1", "undeclared"));
    }

    @Test
    void does_not_show_a_compiler_the_judges_files() throws Exception {
        Path secret = Files.writeString(Files.createTempFile("judge", ".ans"), "int secret;");

        assertThat(compile("spy.c", "#include \"" + secret + "\"\nint main() {}"))
                .isInstanceOf(Build.Refused.class);
        Files.delete(secret);
    }

    @Test
    void stops_a_compiler_that_takes_too_long() throws Exception {
        Files.writeString(folder.resolve("bomb.c"), "#include \"/dev/zero\"\n");

        Build build = new Compiler(Sandboxes.open(), TOOLS, Duration.ofMillis(500), 256 << 20)
                .compile(LANGUAGES.byCode("c").orElseThrow(), folder);

        assertThat(build).isInstanceOf(Build.Refused.class);
    }

    @Test
    void tells_a_java_program_out_of_memory_from_the_machine_being_out_of_it() throws Exception {
        Execution execution = run(
                compile(
                        "Main.java",
                        "class Main {public static void main(String[] a){var l=new java.util.ArrayList<long[]>();for(;;)l.add(new long[1<<20]);}}"),
                "");

        assertThat(execution.ending()).isEqualTo(Ending.EXITED);
        assertThat(new String(execution.errors(), StandardCharsets.UTF_8)).contains("OutOfMemoryError");
    }

    @Test
    void refuses_sources_of_two_languages() {
        assertThatThrownBy(() -> LANGUAGES.of(List.of(Path.of("a.c"), Path.of("b.py"))))
                .isInstanceOf(LanguageException.class)
                .hasMessageContaining("[c, python3]");
    }

    @Test
    void takes_further_languages_from_a_file() throws Exception {
        Path file = Files.writeString(
                folder.resolve("more.yaml"), "shell:\n  extensions: [.sh]\n  run: [dash, \"{entry}\"]\n");

        Languages more = LANGUAGES.with(file);

        assertThat(more.of(List.of(Path.of("a.sh"))).run()).containsExactly("dash", "{entry}");
        assertThat(more.byCode("cpp")).isPresent();
    }

    @Test
    void names_the_key_that_is_wrong() throws Exception {
        Path file = Files.writeString(folder.resolve("more.yaml"), "shell:\n  extensions: [.sh]\n  runs: [dash]\n");

        assertThatThrownBy(() -> LANGUAGES.with(file))
                .isInstanceOf(LanguageException.class)
                .hasMessageContaining("more.yaml")
                .hasMessageContaining("shell")
                .hasMessageContaining("\"runs\" is unknown");
    }
}
