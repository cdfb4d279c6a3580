package dev.goldline.evaluator.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * The {@code goldline} command.
 *
 * <p>Only the verb that is named gets its command model built: reading the annotations of all verbs would cost more
 * than most light verbs do. Help, completion and misspelt verbs see them all.
 */
public final class Goldline {
    private Goldline() {}

    /** Runs the command and leaves with its exit status. */
    public static void main(String[] args) {
        // The descriptor itself: the system's print stream keeps what went wrong to itself.
        PrintedBytes bytes = new PrintedBytes(new FileOutputStream(FileDescriptor.out));
        PrintWriter err = writer(System.err);
        int status = execute(List.of(args), writer(new PrintStream(bytes)), err);
        System.exit(bytes.statusAfter(status, err));
    }

    /**
     * Runs one command line.
     *
     * @return one of {@link dev.goldline.evaluator.console.ExitStatus}
     */
    static int execute(List<String> args, PrintWriter out, PrintWriter err) {
        int status = commandLine(args).setOut(out).setErr(err).execute(args.toArray(String[]::new));
        out.flush();
        err.flush();
        return status;
    }

    /** The command model as far as these arguments need it. */
    static CommandLine commandLine(List<String> args) {
        CommandLine root = RootCommand.newCommandLine();
        for (Verb verb : Verb.neededBy(args)) {
            root.addSubcommand(verb.label(), verb.newCommand());
        }
        RootCommand.addCommonOptions(root);
        root.registerConverter(Path.class, Goldline::path);
        FailureRendering rendering = new FailureRendering(System.getenv("GOLDLINE_STACKTRACE"));
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(rendering::rejected)
                .setExecutionExceptionHandler(rendering::failed);
    }

    /** An empty path would be the folder one stands in: more likely a variable that was not set. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("an empty path; name a file or a folder (the one you are in is .)");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is no path: " + e.getReason());
        }
    }

    static PrintWriter writer(PrintStream stream) {
        // Text of models and problems is Unicode whatever the terminal's locale says.
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
