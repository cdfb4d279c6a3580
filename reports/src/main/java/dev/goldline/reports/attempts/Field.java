package dev.goldline.reports.attempts;

import dev.goldline.reports.runlog.Mode;
import java.util.List;
import java.util.Optional;

/**
 * One model on one problem set, in each mode it was asked in: what is compared on shared axes.
 *
 * @param model name
 * @param revision what exactly answered
 * @param set name
 * @param contentHash of the set
 * @param runs names of the runs these attempts come from
 * @param problems in the order of their ids
 * @param modes in the order non-thinking, standard, speciale
 */
public record Field(
        String model,
        String revision,
        String set,
        String contentHash,
        List<String> runs,
        List<ProblemFacts> problems,
        List<ModeAttempts> modes) {
    public Field {
        runs = List.copyOf(runs);
        problems = List.copyOf(problems);
        modes = List.copyOf(modes);
    }

    /**
     * A problem.
     *
     * @param family empty if the set has no families
     */
    public record ProblemFacts(String id, String family) {}

    /**
     * The attempts in one mode.
     *
     * @param attempts in the order of problem, then index, however they finished
     * @param expected how many the run asks for
     */
    public record ModeAttempts(Mode mode, List<AttemptFact> attempts, int expected) {
        public ModeAttempts {
            attempts = List.copyOf(attempts);
        }
    }

    public Optional<ModeAttempts> in(Mode mode) {
        return modes.stream().filter(each -> each.mode() == mode).findFirst();
    }
}
