package dev.goldline.judges.code.language;

import dev.goldline.judges.code.sandbox.Ending;
import dev.goldline.judges.code.sandbox.Execution;
import dev.goldline.judges.code.sandbox.FileAccess;
import dev.goldline.judges.code.sandbox.Input;
import dev.goldline.judges.code.sandbox.Limits;
import dev.goldline.judges.code.sandbox.Program;
import dev.goldline.judges.code.sandbox.Sandbox;
import dev.goldline.judges.code.sandbox.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compiles sources in the sandbox. They are as hostile as what comes of them. */
public final class Compiler {
    private static final String BINARY = "goldline-program";
    private static final int MOST_TASKS = 64;
    private static final int MOST_SHOWN = 4000;
    private static final long OUTPUT_BYTES = 1 << 20;
    private static final long FILE_BYTES = 256L << 20;
    private static final Pattern PACKAGE = Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);
    private static final Pattern MAIN = Pattern.compile("\\bvoid\\s+main\\s*\\(");

    private final Sandbox sandbox;
    private final Toolchain tools;
    private final Duration cpu;
    private final long memoryBytes;

    /** @param cpu processor time of one compilation; the wall limit is twice that and a second */
    public Compiler(Sandbox sandbox, Toolchain tools, Duration cpu, long memoryBytes) {
        this.sandbox = sandbox;
        this.tools = tools;
        this.cpu = cpu;
        this.memoryBytes = memoryBytes;
    }

    /**
     * Compiles what is in a folder; the result stays in the folder.
     *
     * @param folder holds the sources and nothing of ours; absolute
     * @throws LanguageException if the language's tools are not on this machine
     * @throws SandboxException if the compiler could not be run
     */
    public Build compile(Language language, Path folder) throws SandboxException, InterruptedException, IOException {
        List<Path> sources = sources(language, folder);
        if (sources.isEmpty()) {
            return new Build.Refused("no file of " + language.name() + " among the sources");
        }
        Optional<String> entry = entry(language, sources);
        if (entry.isEmpty()) {
            return new Build.Refused("no entry point: "
                    + (language.entry() == Language.Entry.JAVA_CLASS
                            ? "no class has a main method"
                            : "several files, none named main or __main__"));
        }
        if (!language.compile().isEmpty()) {
            Execution execution = sandbox.run(compilation(language, folder, sources, entry.get()));
            if (!execution.exited(0)) {
                return new Build.Refused(complaint(execution));
            }
        }
        Path binary = folder.resolve(BINARY);
        if (Files.isRegularFile(binary, LinkOption.NOFOLLOW_LINKS)) {
            // Linkers may not set modes in the sandbox.
            Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new Build.Ready(new CompiledProgram(
                language, folder, fill(language, language.run(), folder, sources, entry.get()), tools.folders()));
    }

    private Program compilation(Language language, Path folder, List<Path> sources, String entry) {
        Limits limits = new Limits(
                cpu, cpu.multipliedBy(2).plusSeconds(1), memoryBytes, OUTPUT_BYTES, FILE_BYTES, MOST_TASKS, true);
        return new Program(
                fill(language, language.compile(), folder, sources, entry),
                folder,
                Map.of(
                        "PATH",
                        "/usr/local/bin:/usr/bin:/bin",
                        "LANG",
                        "C.UTF-8",
                        "TMPDIR",
                        folder.toString(),
                        "HOME",
                        folder.toString()),
                new Input.Empty(),
                new FileAccess(tools.folders(), List.of(folder), language.proc()),
                limits);
    }

    private static String complaint(Execution execution) {
        String said = new String(execution.errors(), StandardCharsets.UTF_8)
                + new String(execution.output(), StandardCharsets.UTF_8);
        String text = said.length() > MOST_SHOWN ? said.substring(0, MOST_SHOWN) + "\n..." : said;
        return execution.ending() == Ending.EXITED
                ? text
                : "the compiler was stopped (" + execution.ending() + ") " + execution.detail() + "\n" + text;
    }

    private static List<Path> sources(Language language, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(language::owns)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<String> fill(Language language, List<String> command, Path folder, List<Path> sources, String entry) {
        List<String> words = new ArrayList<>();
        for (String word : command) {
            if (words.isEmpty() && !word.startsWith("{")) {
                words.add(tools.find(word)
                        .orElseThrow(() -> new LanguageException(
                                language.name() + " needs '" + word + "', which is not installed on this machine"))
                        .toString());
            } else if (word.equals("{files}")) {
                sources.forEach(source -> words.add(source.toString()));
            } else {
                words.add(word.replace("{binary}", folder.resolve(BINARY).toString())
                        .replace("{folder}", folder.toString())
                        .replace("{entry}", entry));
            }
        }
        return words;
    }

    private static Optional<String> entry(Language language, List<Path> sources) throws IOException {
        return switch (language.entry()) {
            case FIRST -> Optional.of(sources.getFirst().toString());
            case MAIN_FILE ->
                sources.size() == 1
                        ? Optional.of(sources.getFirst().toString())
                        : sources.stream()
                                .filter(file -> file.getFileName().toString().matches("(__main__|main)\\..*"))
                                .findFirst()
                                .map(Path::toString);
            case JAVA_CLASS -> javaClass(sources);
        };
    }

    /** Prefers the class {@code Main}. */
    private static Optional<String> javaClass(List<Path> sources) throws IOException {
        Optional<String> found = Optional.empty();
        for (Path source : sources) {
            String text = new String(Files.readAllBytes(source), StandardCharsets.UTF_8);
            if (MAIN.matcher(text).find()) {
                Matcher declared = PACKAGE.matcher(text);
                String name = source.getFileName().toString().replaceFirst("\\.java$", "");
                String full = (declared.find() ? declared.group(1) + "." : "") + name;
                if (found.isEmpty() || name.equals("Main")) {
                    found = Optional.of(full);
                }
            }
        }
        return found;
    }
}
