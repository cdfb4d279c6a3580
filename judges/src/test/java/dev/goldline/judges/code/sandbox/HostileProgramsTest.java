package dev.goldline.judges.code.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by a C program (hostile.c) on the sandbox of this machine. */
class HostileProgramsTest {
    private static final long MIB = 1 << 20;
    /** The wall limit is far off, so that a busy machine changes nothing. */
    private static final Limits LIMITS =
            Limits.of(Duration.ofMillis(300), 64 * MIB).withWall(Duration.ofSeconds(20));

    @TempDir
    private static Path shared;

    private static Path hostile = Path.of("");
    private static Sandbox sandbox = refuse();

    @TempDir
    private Path outside;

    private Path own = Path.of("");

    private static Sandbox refuse() {
        return new Sandbox() {
            @Override
            public Guarantees guarantees() {
                return new Guarantees("none", List.of(), List.of());
            }

            @Override
            public Execution run(Program program) throws SandboxException {
                throw new SandboxException("not opened");
            }

            @Override
            public Conversation converse(Program a, Program b, IntPredicate stops) throws SandboxException {
                throw new SandboxException("not opened");
            }
        };
    }

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "skipped: no C compiler at /usr/bin/cc");
        Path source = shared.resolve("hostile.c");
        try (InputStream in = HostileProgramsTest.class.getResourceAsStream("hostile.c")) {
            Files.write(source, Objects.requireNonNull(in).readAllBytes());
        }
        hostile = shared.toRealPath().resolve("hostile");
        Process compiler = new ProcessBuilder("cc", "-O1", "-pthread", "-o", hostile.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        sandbox = Sandboxes.open();
    }

    @BeforeEach
    void makeFolder() throws IOException {
        own = Files.createDirectory(outside.toRealPath().resolve("own"));
    }

    @AfterEach
    void leaves_no_process() throws IOException {
        List<String> alive = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (commandLine(process).startsWith(hostile.toString())) {
                    alive.add(process + " " + commandLine(process));
                }
            }
        }
        assertThat(alive).isEmpty();
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private Program program(String... arguments) {
        List<String> command = new ArrayList<>(List.of(hostile.toString()));
        command.addAll(List.of(arguments));
        return new Program(
                command,
                own,
                Map.of("GREETING", "hello"),
                new Input.Empty(),
                new FileAccess(List.of(hostile), List.of(own), false),
                LIMITS);
    }

    private Execution run(String... arguments) throws Exception {
        return sandbox.run(program(arguments));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 42, 43, 127, 255})
    void reports_the_exit_code(int code) throws Exception {
        assertThat(run("exit", Integer.toString(code)).exited(code)).isTrue();
    }

    @Test
    void stops_a_program_that_spins_by_its_processor_time() throws Exception {
        Execution execution = run("spin");

        assertThat(execution.ending()).isEqualTo(Ending.CPU_LIMIT);
        assertThat(execution.cpu()).isBetween(Duration.ofMillis(300), Duration.ofMillis(1300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "stop-self", "close-and-sleep"})
    void stops_a_program_that_waits_by_the_wall_limit(String attack) throws Exception {
        Execution execution = sandbox.run(program(attack).withLimits(LIMITS.withWall(Duration.ofMillis(200))));

        assertThat(execution.ending()).isEqualTo(Ending.WALL_LIMIT);
    }

    @Test
    void names_the_signal_of_a_crash() throws Exception {
        Execution execution = run("crash");

        assertThat(execution.ending()).isEqualTo(Ending.SIGNALED);
        assertThat(execution.signal()).isEqualTo(11);
    }

    @Test
    void tells_an_abort_from_a_lack_of_memory() throws Exception {
        assertThat(run("abort").ending()).isEqualTo(Ending.SIGNALED);
        assertThat(run("huge-wish").ending()).isEqualTo(Ending.MEMORY_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap-bomb", "shared-bomb", "stack-bomb"})
    void stops_a_program_that_takes_too_much_memory(String attack) throws Exception {
        Execution execution = run(attack);

        assertThat(execution.ending()).isEqualTo(Ending.MEMORY_LIMIT);
        assertThat(execution.peakMemoryBytes()).isBetween(64 * MIB, 2048 * MIB);
    }

    @Test
    void sees_the_peak_of_a_program_too_short_to_be_sampled() throws Exception {
        assertThat(run("touch", "40").peakMemoryBytes()).isBetween(40 * MIB, 50 * MIB);
        assertThat(run("touch", "65").ending()).isEqualTo(Ending.MEMORY_LIMIT);
    }

    @Test
    void allows_a_deep_stack() throws Exception {
        Program program = program("deep-stack").withLimits(Limits.of(Duration.ofSeconds(2), 256 * MIB));

        assertThat(sandbox.run(program).exited(0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flood-output", "flood-errors"})
    void stops_endless_output_on_either_stream(String attack) throws Exception {
        Execution execution = sandbox.run(program(attack).withLimits(LIMITS.withOutput(100_000)));

        assertThat(execution.ending()).isEqualTo(Ending.OUTPUT_LIMIT);
        assertThat(execution.output().length + execution.errors().length).isLessThanOrEqualTo(100_000);
    }

    @Test
    void refuses_new_processes_to_a_run_that_needs_none() throws Exception {
        assertThat(run("fork").exited(7)).isTrue();
        Program bomb = program("fork-bomb").withLimits(LIMITS.withWall(Duration.ofMillis(600)));
        assertThat(sandbox.run(bomb).ending()).isIn(Ending.CPU_LIMIT, Ending.WALL_LIMIT);
    }

    @Test
    void allows_new_processes_where_they_are_needed() throws Exception {
        assertThat(sandbox.run(program("fork").withLimits(LIMITS.withProcesses(8)))
                        .exited(42))
                .isTrue();
    }

    @Test
    void survives_a_fork_bomb() throws Exception {
        Limits limits = LIMITS.withProcesses(16).withWall(Duration.ofMillis(600));

        assertThat(sandbox.run(program("fork-bomb").withLimits(limits)).ending())
                .isIn(Ending.CPU_LIMIT, Ending.WALL_LIMIT);
    }

    @Test
    void does_not_wait_for_a_daemon_that_holds_the_output() throws Exception {
        Execution execution = sandbox.run(program("daemon").withLimits(LIMITS.withProcesses(16)));

        assertThat(execution.ending()).isEqualTo(Ending.EXITED);
        assertThat(new String(execution.output(), StandardCharsets.UTF_8)).contains("parent done");
    }

    @Test
    void kills_orphans_with_their_run() throws Exception {
        assertThat(sandbox.run(program("orphan-spin").withLimits(LIMITS.withProcesses(16)))
                        .exited(0))
                .isTrue();
    }

    @Test
    void limits_threads() throws Exception {
        assertThat(new String(run("threads").output(), StandardCharsets.UTF_8)).isEqualTo("63\n");
    }

    @Test
    void has_no_network() throws Exception {
        assertThat(run("socket").exited(0)).isTrue();
    }

    @Test
    void denies_dangerous_system_calls() throws Exception {
        assertThat(run("calls").exited(0)).isTrue();
    }

    @Test
    void denies_higher_limits() throws Exception {
        assertThat(run("raise-limits").exited(0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "/etc/hostname", "/root", "/home", "/tmp", "/proc/1/cmdline", "/dev/tty"})
    void denies_reading_elsewhere(String path) throws Exception {
        assertThat(run("read", path).exited(0)).isTrue();
    }

    @Test
    void denies_files_of_the_judge() throws Exception {
        Path answer = Files.writeString(outside.resolve("secret.ans"), "42");

        assertThat(run("read", answer.toString()).exited(0)).isTrue();
        assertThat(run("write", answer.toString()).exited(0)).isTrue();
        assertThat(run("read", "../secret.ans").exited(0)).isTrue();
        assertThat(run("write", outside.resolve("new").toString()).exited(0)).isTrue();
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    void allows_writing_in_the_own_folder_only_where_it_is_given() throws Exception {
        assertThat(run("write", "mine").exited(42)).isTrue();
        Program reader = program("write", "second");
        Program confined = new Program(
                reader.command(), own, Map.of(), new Input.Empty(), FileAccess.reading(shared.toRealPath()), LIMITS);
        assertThat(sandbox.run(confined).exited(0)).isTrue();
        assertThat(own.resolve("second")).doesNotExist();
    }

    @Test
    void leaves_modes_of_other_files_alone() throws Exception {
        Path file = Files.writeString(outside.resolve("file"), "");
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(file);

        run("chmod", file.toString());

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(before);
    }

    @Test
    void plants_no_links_and_no_pipes() throws Exception {
        Path answer = Files.writeString(outside.resolve("secret.ans"), "42");

        assertThat(run("link", answer.toString()).exited(0)).isTrue();
        assertThat(own).isEmptyDirectory();
    }

    @Test
    void cannot_stop_or_kill_the_judge() throws Exception {
        assertThat(run("kill-parent").exited(0)).isTrue();
        // Its own processes are all it reaches: itself.
        assertThat(run("kill-all").ending()).isIn(Ending.EXITED, Ending.SIGNALED);
    }

    @Test
    void inherits_no_environment_no_descriptors_and_no_signal_settings() throws Exception {
        assertThat(new String(run("environment").output(), StandardCharsets.UTF_8))
                .isEqualTo("GREETING=hello\n");
        assertThat(run("descriptors").exited(0)).isTrue();
        assertThat(run("signals").exited(0)).isTrue();
    }

    @Test
    void keeps_the_environment_of_processes_secret() throws Exception {
        assertThat(run("proc").exited(0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fill-disk", "big-file"})
    void stops_a_program_that_fills_the_disk(String attack) throws Exception {
        assertThat(sandbox.run(program(attack).withLimits(LIMITS.withFiles(2 * MIB)))
                        .ending())
                .isEqualTo(Ending.OUTPUT_LIMIT);
    }

    @Test
    void deletes_folders_of_any_depth() throws Exception {
        run("deep-folders");

        assertThat(Folders.delete(own)).isTrue();
        assertThat(own).doesNotExist();
    }

    @Test
    void feeds_bytes_and_files_alike() throws Exception {
        byte[] bytes = new byte[3_000_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        Path file = Files.write(outside.resolve("in"), bytes);

        assertThat(sandbox.run(program("copy").withInput(new Input.OfBytes(bytes)))
                        .output())
                .isEqualTo(bytes);
        assertThat(sandbox.run(program("copy").withInput(new Input.OfFile(file)))
                        .output())
                .isEqualTo(bytes);
    }

    @Test
    void takes_input_that_nobody_reads_for_no_error() throws Exception {
        assertThat(sandbox.run(program("exit", "0").withInput(new Input.OfBytes(new byte[3_000_000])))
                        .exited(0))
                .isTrue();
    }

    @Test
    void says_why_a_program_cannot_be_started() {
        Program missing = new Program(
                List.of("/nonexistent/program"), own, Map.of(), new Input.Empty(), FileAccess.writing(own), LIMITS);

        assertThatThrownBy(() -> sandbox.run(missing))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("/nonexistent/program")
                .hasMessageContaining("ENOENT");
    }

    @Test
    void lets_two_programs_talk() throws Exception {
        Conversation talk = sandbox.converse(program("ask", "617"), program("guess"), code -> code != 42);

        assertThat(talk.interactor().exited(42)).isTrue();
        assertThat(talk.solution().exited(0)).isTrue();
    }

    @Test
    void stops_the_solution_when_the_interactor_has_decided() throws Exception {
        Conversation talk = sandbox.converse(program("quit", "43"), program("babble"), code -> code != 42);

        assertThat(talk.interactor().exited(43)).isTrue();
        assertThat(talk.interactorFirst()).isTrue();
        assertThat(talk.solution().ending()).isEqualTo(Ending.STOPPED);
    }

    @Test
    void spares_a_solution_that_still_writes_when_the_interactor_has_accepted() throws Exception {
        Program solution = program("babble").withLimits(Limits.of(Duration.ofSeconds(5), 64 * MIB));
        Conversation talk = sandbox.converse(program("quit", "42"), solution, code -> code != 42);

        assertThat(talk.interactor().exited(42)).isTrue();
        assertThat(talk.solution().exited(0)).isTrue();
    }

    @Test
    void runs_on_many_threads_at_a_time() throws Exception {
        try (var executor = Executors.newFixedThreadPool(4)) {
            var runs = new ArrayList<Future<Execution>>();
            for (int i = 0; i < 40; i++) {
                String code = Integer.toString(i);
                runs.add(executor.submit(() -> run("exit", code)));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(runs.get(i).get().exited(i)).isTrue();
            }
        }
    }
}
