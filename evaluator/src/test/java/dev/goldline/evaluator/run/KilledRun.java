package dev.goldline.evaluator.run;

import dev.goldline.reports.runlog.RunLogWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;

/** The program that {@link KillTest} kills: runs a plan into the folder it is given, through the real engine and log. */
@NullMarked
final class KilledRun {
    static final RunPlan PLAN = Sums.plan(30, 2, 17);

    private KilledRun() {}

    public static void main(String[] args) throws Exception {
        try (RunLogWriter log = Sums.log(Path.of(args[0]), PLAN)) {
            new RunEngine(new AddingModel(Duration.ofMillis(1)), Sums.JUDGES, 3).run(PLAN, log, attempt -> {
                // Told only when it is on disk: what is printed here must never be lost.
                System.out.println(attempt.key());
                System.out.flush();
            });
        }
    }
}
