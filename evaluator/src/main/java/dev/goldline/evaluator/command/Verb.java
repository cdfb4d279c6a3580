package dev.goldline.evaluator.command;

import dev.goldline.evaluator.audit.AuditCommand;
import dev.goldline.evaluator.demo.DemoCommand;
import dev.goldline.evaluator.grade.GradeCommand;
import dev.goldline.evaluator.model.ModelCommand;
import dev.goldline.evaluator.report.ReportCommand;
import dev.goldline.evaluator.run.RunCommand;
import dev.goldline.evaluator.synth.SynthCommand;
import dev.goldline.evaluator.train.TrainCommand;
import dev.goldline.evaluator.verify.DoctorCommand;
import dev.goldline.evaluator.verify.VerifyCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The verbs, in the order help lists them. A verb's command class is first touched when the verb is needed. */
enum Verb {
    DEMO("demo"),
    RUN("run"),
    GRADE("grade"),
    VERIFY("verify"),
    REPORT("report"),
    AUDIT("audit"),
    SYNTH("synth"),
    TRAIN("train"),
    MODEL("model"),
    DOCTOR("doctor"),
    COMPLETION("completion");

    private final String label;

    Verb(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    Object newCommand() {
        return switch (this) {
            case DEMO -> new DemoCommand();
            case RUN -> new RunCommand();
            case GRADE -> new GradeCommand();
            case VERIFY -> new VerifyCommand();
            case REPORT -> new ReportCommand();
            case AUDIT -> new AuditCommand();
            case SYNTH -> new SynthCommand();
            case TRAIN -> new TrainCommand();
            case MODEL -> new ModelCommand();
            case DOCTOR -> new DoctorCommand();
            case COMPLETION -> new CompletionCommand();
        };
    }

    /** The verbs whose models a command line needs: the one it names, none for {@code --version}, else all. */
    static List<Verb> neededBy(List<String> args) {
        if (args.equals(List.of("--version")) || args.equals(List.of("-V"))) {
            return List.of();
        }
        Optional<Verb> first = args.stream()
                .filter(arg -> !arg.equals(RootCommand.STACKTRACE))
                .findFirst()
                .flatMap(Verb::ofLabel);
        // Completion describes every verb.
        return first.filter(verb -> verb != COMPLETION).map(List::of).orElseGet(() -> List.of(values()));
    }

    private static Optional<Verb> ofLabel(String label) {
        return Arrays.stream(values()).filter(verb -> verb.label.equals(label)).findFirst();
    }
}
