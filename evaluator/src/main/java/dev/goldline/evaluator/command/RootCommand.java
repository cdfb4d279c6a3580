package dev.goldline.evaluator.command;

import dev.goldline.evaluator.console.ExitStatus;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command without a verb: says what there is.
 *
 * <p>Written out rather than annotated: the JVM makes proxy classes for annotations anew on every start, which takes
 * longer than all else that {@code --version} does.
 */
final class RootCommand {
    static final String STACKTRACE = "--stacktrace";

    private RootCommand() {}

    /** What the command does when no verb is named. */
    private static final class UsageOnErr implements Callable<Integer> {
        private @Nullable CommandLine line;

        @Override
        public Integer call() {
            if (line != null) {
                line.usage(line.getErr());
            }
            return ExitStatus.USAGE;
        }
    }

    /** The root of the command model, without verbs. */
    static CommandLine newCommandLine() {
        UsageOnErr noVerb = new UsageOnErr();
        CommandSpec spec = CommandSpec.wrapWithoutInspection(noVerb).name("goldline");
        spec.usageMessage()
                .description("Makes reasoning models sit real competitions and measures what their thinking is worth.")
                .synopsisSubcommandLabel("VERB")
                .commandListHeading("%nVerbs:%n")
                .optionListHeading("%nOptions:%n")
                .footerHeading("%nExamples:%n")
                .footer(
                        "  ./goldline demo",
                        "  ./goldline run --help",
                        "",
                        "Exit status: 0 good, 1 the thing examined fell short, 2 usage or input error,"
                                + " 3 could not be done.",
                        "The launcher also knows: ./goldline test (the whole test suite, with counts) and ./goldline benchmark.");
        noVerb.line = new CommandLine(spec);
        return noVerb.line;
    }

    /** Gives a command and all below it the options that every command has. */
    static void addCommonOptions(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (spec.parent() == null) {
            spec.addOption(flag("Show the versions of goldline, Java and the system.", "-V", "--version")
                    .versionHelp(true)
                    .build());
        }
        if (spec.findOption("--version") != null && spec.version().length == 0) {
            spec.versionProvider(new VersionText());
        }
        if (spec.findOption("--help") == null) {
            spec.addOption(
                    flag("Show this help.", "-h", "--help").usageHelp(true).build());
        }
        if (spec.findOption(STACKTRACE) == null) {
            spec.addOption(
                    flag("Show the whole stack trace of a failure.", STACKTRACE).build());
        }
        line.getSubcommands().values().forEach(RootCommand::addCommonOptions);
    }

    private static OptionSpec.Builder flag(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).arity("0").description(description);
    }
}
