package dev.goldline.evaluator.run;

import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.evaluator.console.TerminalWidth;
import dev.goldline.evaluator.suite.Suite;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.profile.ModelProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a model the problems of some sets, judges its answers and keeps all of it in a run folder. */
@Command(
        name = "run",
        description = {
            "Asks a model every problem of some sets, in some modes, and judges its answers.",
            "Every attempt is on disk before it counts; the same command again goes on where the last one ended."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./goldline run --model bundled --mode standard --mode speciale --set micro-math --samples 2",
            "  ./goldline run micro-math --samples 4 --dry-run",
            "  ./goldline run --limit 20 --thinking-budget 100 --out runs/short-thoughts",
            "",
            "Exit status: 0 every attempt was judged, 2 an option or the folder is at fault, 3 some attempts are",
            "unscored because something on this side failed: the same command makes those again."
        })
public final class RunCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--json", description = "print the figures as JSON instead of tables")
    private boolean json;

    @Option(names = "--dry-run", description = "say what would be asked and what it could cost, and ask nothing")
    private boolean dryRun;

    @Option(names = "--events", paramLabel = "FILE", description = "append the live view to FILE as JSON lines")
    private @Nullable Path events;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandSpec command = Objects.requireNonNull(spec);
        Suite suite = options.suite();
        List<String> models = options.models(suite);
        if (options.out != null && models.size() > 1) {
            throw new IllegalArgumentException("--out names one folder, suite " + suite.name() + " has " + models.size()
                    + " models: name one with --model, or leave out --out");
        }
        int status = ExitStatus.GOOD;
        for (String model : models) {
            status = Math.max(status, run(suite, RunOptions.profile(model), command));
        }
        return status;
    }

    private int run(Suite suite, ModelProfile profile, CommandSpec command) throws IOException, InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        RunPlan plan = options.plan(suite, profile);
        RunSettings settings = options.settings(suite, profile);
        if (dryRun) {
            new DryRun(plan, profile).print(out);
            return ExitStatus.GOOD;
        }
        try (ChatModel model = InProcess.open(profile)) {
            Path folder = options.folder(plan, model.revision());
            Sitting sitting = new Sitting(model, Judges.standard(), settings, Optional.ofNullable(events), err);
            Sitting.Result result = sitting.sit(plan, folder);
            RunReport report = RunReport.of(folder);
            out.print(json ? report.json() : report.summary(TerminalWidth.of(System.getenv())));
            out.flush();
            err.println("the run is in " + folder + "; all of it: ./goldline report " + folder + " --html FILE");
            if (result.unscored() > 0) {
                err.println(result.unscored() + " attempts are unscored; the same command makes them again");
            }
            return result.complete() && result.unscored() == 0 ? ExitStatus.GOOD : ExitStatus.ENVIRONMENT;
        }
    }
}
