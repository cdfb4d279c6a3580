package dev.goldline.evaluator.grade;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.judges.answer.AnswerGrader;
import dev.goldline.judges.answer.Grade;
import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.extraction.Extraction;
import dev.goldline.judges.extraction.ExtractionPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Grades mathematical answers. */
@Command(
        name = "grade",
        description = "Grades a mathematical answer against the gold answer, or a file of such pairs.",
        footer = {
            "",
            "Examples:",
            "  ./goldline grade --gold '\\frac{1}{2}' --answer 'So it is \\boxed{0.5}.'",
            "  ./goldline grade --gold '[0,1]' --answer '(0,1)' --contract interval",
            "  ./goldline grade --file pairs.jsonl > graded.jsonl",
            "",
            "A line of the file has gold, answer and, if it likes, contract; verdict, why and method are added.",
            "Contracts: any, integer, integer 0-999, number, list, ordered list, tuple, interval, expression in x,",
            "choice A-E, text; then, after semicolons, decimals N, any names, set notation.",
            "",
            "Exit status of a pair: 0 YES, 1 NO, 3 UNKNOWN; of a file: 0 all lines graded. 2 usage or input error."
        })
public final class GradeCommand implements Callable<Integer> {
    @Option(names = "--gold", paramLabel = "TEXT", description = "The gold answer.")
    private @Nullable String gold;

    @Option(names = "--answer", paramLabel = "TEXT", description = "The answer, or a whole solution with its box.")
    private @Nullable String answer;

    @Option(
            names = "--contract",
            paramLabel = "FORM",
            defaultValue = "any",
            description = "The form the answer must have (default: ${DEFAULT-VALUE}).")
    private String contract = "any";

    @Option(names = "--file", paramLabel = "FILE", description = "Pairs, one JSON object a line.")
    private @Nullable Path file;

    @Option(
            names = "--lenient",
            description = "Take the last formula or number of an answer that marks none; such verdicts name the rule.")
    private boolean lenient;

    @Option(names = "--json", description = "Print the verdict of a pair as JSON; a file always gives JSON lines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        AnswerGrader grader = new AnswerGrader(
                ExtractionPolicy.STANDARD, lenient ? ExtractionPolicy.LENIENT : ExtractionPolicy.STANDARD);
        AnswerContract form = contract();
        if (file != null) {
            if (gold != null || answer != null) {
                throw usage("--file goes without --gold and --answer");
            }
            String summary = new PairsFile(file, grader, form).grade(out);
            spec.commandLine().getErr().println(summary);
            return ExitStatus.GOOD;
        }
        if (gold == null || answer == null) {
            throw usage("give --gold and --answer, or --file");
        }
        Grade grade = grader.grade(gold, answer, form);
        print(grade, out);
        return switch (grade.finding().equality()) {
            case YES -> ExitStatus.GOOD;
            case NO -> ExitStatus.FELL_SHORT;
            case UNKNOWN -> ExitStatus.ENVIRONMENT;
        };
    }

    private AnswerContract contract() {
        try {
            return AnswerContract.parse(contract);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--contract: " + e.getMessage(), "");
        }
    }

    private void print(Grade grade, PrintWriter out) {
        if (json) {
            out.println(GradeJson.of(grade));
        } else {
            out.println(grade.finding().equality() + "  " + grade.finding().method()
                    + (grade.finding().why().isEmpty()
                            ? ""
                            : ": " + grade.finding().why()));
            line(out, "gold  ", grade.gold());
            line(out, "answer", grade.answer());
        }
        out.flush();
    }

    private static void line(PrintWriter out, String name, Optional<Extraction> found) {
        out.println("  " + name + "  "
                + found.map(each ->
                                each.content().strip() + "   (" + each.place() + (each.isGuess() ? ", a guess)" : ")"))
                        .orElse("none found"));
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
