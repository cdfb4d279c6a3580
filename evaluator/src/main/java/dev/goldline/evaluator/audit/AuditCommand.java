package dev.goldline.evaluator.audit;

import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.evaluator.run.AskedSet;
import dev.goldline.evaluator.run.Judges;
import dev.goldline.evaluator.run.ProblemSets;
import dev.goldline.problemsets.bundled.BundledSets;
import dev.goldline.reports.runlog.RunLogException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Checks that a run's log is whole, and that everything it and its reports claim can be recomputed from it. */
@Command(
        name = "audit",
        description = {
            "Reads a run's log again and recomputes what it claims: checksums, keys, set hashes, seeds,",
            "prompts, usage, verdicts (judged again) and the figures of its leaderboard. Asks no model."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ./goldline audit runs/first-light",
            "",
            "Exit status: 0 everything agrees, 1 something does not (the first difference is named), 2 the folder",
            "is no run or an option is wrong."
        })
public final class AuditCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "folder of a run")
    private Path run = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "DIR",
            description = "folder of a set that the run asked and that is not bundled; may be repeated")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Map<String, AskedSet> known = new HashMap<>();
        List<String> names = new ArrayList<>(BundledSets.names());
        names.addAll(sets);
        for (String name : names) {
            AskedSet set = ProblemSets.find(name);
            known.put(set.name(), set);
        }
        AuditResult result;
        try {
            result = new Audit(run, known, Judges.standard()).run();
        } catch (RunLogException damaged) {
            if (!Files.isRegularFile(run.resolve("run.json"))) {
                throw damaged;
            }
            result = damaged(damaged);
        }
        print(out, result);
        out.flush();
        return result.differences() == 0 ? ExitStatus.GOOD : ExitStatus.FELL_SHORT;
    }

    /** A log that cannot be read to its end. */
    private static AuditResult damaged(RunLogException damage) {
        Finding finding = new Finding(
                "checksums", "the log", String.valueOf(damage.getMessage()), "a log that can be read to its end");
        return new AuditResult(0, Map.of(), Map.of(), 0, 0, 0, 0, List.of("checksums"), List.of(), 1, List.of(finding));
    }

    private void print(PrintWriter out, AuditResult result) {
        if (json) {
            out.println(JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(result));
            return;
        }
        out.println(result.attempts() + " lines read: " + result.outcomes() + ", stops " + result.stopReasons());
        out.println(result.outputTokens() + " output tokens, " + result.reasoningTokens() + " of them reasoning; "
                + result.lostTokens() + " more were lost; " + result.missing() + " attempts missing");
        out.println("checked: " + String.join(", ", result.checked()));
        result.unchecked().forEach(what -> out.println("not checked: " + what));
        if (result.differences() == 0) {
            out.println("no difference");
        } else {
            out.println(result.differences() + " differences, the first:");
            result.first().forEach(finding -> out.println("  " + finding));
        }
    }
}
