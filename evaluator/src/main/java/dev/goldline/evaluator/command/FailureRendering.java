package dev.goldline.evaluator.command;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.reports.runlog.RunLogException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one clear line, a hint, and an exit status. */
final class FailureRendering {
    private final boolean always;

    /** @param environment the value of {@code GOLDLINE_STACKTRACE}: set and not 0, every failure shows its trace */
    FailureRendering(@Nullable String environment) {
        always = environment != null && !environment.isEmpty() && !environment.equals("0");
    }

    /** A failure as the user sees it. */
    private record Shown(int status, String message, String hint) {}

    /** The command line itself is wrong. */
    int rejected(ParameterException failure, String[] args) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            err.println("goldline: " + unknown(unmatched));
            // The most alike comes first; the others are seldom alike at all.
            unmatched.getSuggestions().stream()
                    .findFirst()
                    .ifPresent(likeliest -> err.println("  did you mean: " + likeliest + "?"));
        } else {
            err.println("goldline: " + oneLine(failure));
        }
        err.println("  see: ./" + line.getCommandSpec().qualifiedName() + " --help");
        trace(failure, err, List.of(args).contains(RootCommand.STACKTRACE));
        return ExitStatus.USAGE;
    }

    private static String unknown(UnmatchedArgumentException failure) {
        String first = failure.getUnmatched().getFirst();
        String kind = failure.isUnknownOption()
                ? "option"
                : failure.getCommandLine().getSubcommands().isEmpty() ? "argument" : "verb";
        return "unknown " + kind + " '" + first + "'";
    }

    /** A verb ran and threw. */
    int failed(Exception failure, CommandLine line, ParseResult parsed) {
        Shown shown = shown(failure);
        PrintWriter err = line.getErr();
        err.println("goldline: " + shown.message());
        if (!shown.hint().isEmpty()) {
            err.println("  " + shown.hint());
        }
        trace(failure, err, parsed.originalArgs().contains(RootCommand.STACKTRACE));
        return shown.status();
    }

    private static Shown shown(Throwable failure) {
        return switch (failure) {
            case CommandException known -> new Shown(known.status(), oneLine(known), known.hint());
            case UncheckedIOException wrapped when wrapped.getCause() != null -> shown(wrapped.getCause());
            case NoSuchFileException missing ->
                new Shown(ExitStatus.USAGE, "no such file or folder: " + missing.getFile(), "check the path");
            case NotDirectoryException file ->
                new Shown(ExitStatus.USAGE, "not a folder: " + file.getFile(), "name a folder here");
            case FileAlreadyExistsException taken ->
                new Shown(ExitStatus.USAGE, "already there: " + taken.getFile(), "name another, or move it away");
            case AccessDeniedException denied ->
                new Shown(ExitStatus.ENVIRONMENT, "no permission for " + denied.getFile(), "check its owner and mode");
            case RunLogException folder -> new Shown(ExitStatus.USAGE, oneLine(folder), "");
            case FileSystemException other -> new Shown(ExitStatus.ENVIRONMENT, oneLine(other), "");
            case IOException other -> new Shown(ExitStatus.ENVIRONMENT, oneLine(other), "");
            case IllegalArgumentException input -> new Shown(ExitStatus.USAGE, oneLine(input), "");
            case InterruptedException stopped -> new Shown(ExitStatus.ENVIRONMENT, "interrupted", "");
            default ->
                new Shown(
                        ExitStatus.ENVIRONMENT,
                        "unexpected " + failure.getClass().getSimpleName() + ": " + oneLine(failure),
                        "this is a fault in goldline: run again with " + RootCommand.STACKTRACE
                                + " and report what it prints");
        };
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        return message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    private void trace(Throwable failure, PrintWriter err, boolean asked) {
        if (always || asked) {
            failure.printStackTrace(err);
        }
    }
}
