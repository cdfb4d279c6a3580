package dev.goldline.evaluator.verify;

import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.judges.code.language.Language;
import dev.goldline.judges.code.language.Languages;
import dev.goldline.judges.code.language.Toolchain;
import dev.goldline.judges.code.sandbox.Execution;
import dev.goldline.judges.code.sandbox.FileAccess;
import dev.goldline.judges.code.sandbox.Guarantees;
import dev.goldline.judges.code.sandbox.Input;
import dev.goldline.judges.code.sandbox.Limits;
import dev.goldline.judges.code.sandbox.Program;
import dev.goldline.judges.code.sandbox.Sandbox;
import dev.goldline.judges.code.sandbox.SandboxException;
import dev.goldline.judges.code.sandbox.Sandboxes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what this machine offers for judging programs: the sandbox and what it guarantees, and the languages. */
@Command(
        name = "doctor",
        description = "What this machine offers for judging programs: sandbox, compilers, versions.",
        footer = {
            "",
            "Example:",
            "  ./goldline doctor",
            "",
            "Exit status: 0 programs can be judged here, 3 they cannot: no sandbox works, or no language is installed."
        })
public final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Option(names = "--languages", paramLabel = "FILE", description = "YAML of further languages.")
    private @Nullable Path languageFile;

    @Spec
    private @Nullable CommandSpec spec;

    /** @param version the first line its tools print; empty if they are not installed */
    private record Found(Language language, Optional<String> version) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Languages languages =
                languageFile == null ? Languages.bundled() : Languages.bundled().with(languageFile);
        Guarantees guarantees;
        List<Found> found = new ArrayList<>();
        boolean works = false;
        try {
            Sandbox sandbox = Sandboxes.open();
            guarantees = sandbox.guarantees();
            for (Language language : languages.all()) {
                found.add(new Found(language, version(sandbox, language)));
            }
            works = found.stream().anyMatch(each -> each.version().isPresent());
        } catch (SandboxException e) {
            guarantees = new Guarantees("none", List.of(), List.of(String.valueOf(e.getMessage())));
        }
        out.print(json ? json(guarantees, found) : text(guarantees, found));
        out.flush();
        return works ? ExitStatus.GOOD : ExitStatus.ENVIRONMENT;
    }

    private static Optional<String> version(Sandbox sandbox, Language language) throws InterruptedException {
        Toolchain tools = Toolchain.ofSystem();
        List<String> words =
                language.version().isEmpty() ? List.of(language.run().getFirst(), "--version") : language.version();
        Optional<Path> tool = tools.find(words.getFirst());
        if (tool.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(words);
        command.set(0, tool.get().toString());
        try {
            Execution execution = sandbox.run(new Program(
                    command,
                    Path.of("/"),
                    Map.of("LANG", "C.UTF-8"),
                    new Input.Empty(),
                    new FileAccess(tools.folders(), List.of(), language.proc()),
                    Limits.of(Duration.ofSeconds(10), 1L << 30).withProcesses(64)));
            String said = new String(execution.output(), StandardCharsets.UTF_8)
                    + new String(execution.errors(), StandardCharsets.UTF_8);
            return execution.exited(0) ? said.lines().findFirst() : Optional.empty();
        } catch (SandboxException e) {
            return Optional.empty();
        }
    }

    private static String text(Guarantees guarantees, List<Found> found) {
        StringBuilder text = new StringBuilder("sandbox: " + guarantees.backend() + "\n");
        guarantees.kept().forEach(line -> text.append("  keeps  ").append(line).append('\n'));
        guarantees
                .lacking()
                .forEach(line -> text.append("  lacks  ").append(line).append('\n'));
        text.append("languages:\n");
        for (Found each : found) {
            text.append(String.format(
                    "  %-8s %s%n",
                    each.language().code(),
                    each.version()
                            .orElse("not installed (needs "
                                    + each.language().version().stream()
                                            .findFirst()
                                            .orElse("its tools") + ")")));
        }
        return text.toString();
    }

    private static String json(Guarantees guarantees, List<Found> found) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode root = mapper.createObjectNode();
        ObjectNode sandbox = root.putObject("sandbox");
        sandbox.put("backend", guarantees.backend());
        guarantees.kept().forEach(sandbox.putArray("kept")::add);
        guarantees.lacking().forEach(sandbox.putArray("lacking")::add);
        ArrayNode languages = root.putArray("languages");
        for (Found each : found) {
            ObjectNode node = languages.addObject();
            node.put("code", each.language().code());
            node.put("installed", each.version().isPresent());
            each.version().ifPresent(version -> node.put("version", version));
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
