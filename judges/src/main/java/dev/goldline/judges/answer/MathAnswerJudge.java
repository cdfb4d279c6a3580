package dev.goldline.judges.answer;

import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.equality.Finding;
import dev.goldline.judges.extraction.AnswerExtractor;
import dev.goldline.judges.extraction.Extraction;
import dev.goldline.judges.extraction.ExtractionPolicy;
import dev.goldline.judges.notation.AnswerReader;
import dev.goldline.judges.notation.AnswerReader.Reading;
import dev.goldline.judges.notation.Excerpt;
import dev.goldline.judges.notation.UnreadableException;
import dev.goldline.judges.verdict.Judge;
import dev.goldline.judges.verdict.Verdict;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import java.util.Optional;

/**
 * Compares the last boxed answer with the gold answer. A problem may declare the form of its answer by the tag {@value
 * #CONTRACT}, in the notation of {@link AnswerContract#parse}.
 *
 * <p>Codes: {@code equal}, {@code not-equal}, {@code contract} (a form that is ruled out: wrong), {@code no-answer} (no
 * box, or an empty one: wrong), {@code unread}, {@code too-long} and {@code undecided} (unknown), {@code bad-gold} (the
 * gold answer or its contract cannot be read: unscored).
 */
public final class MathAnswerJudge implements Judge<MathAnswerProblem> {
    /** The tag that holds the contract of a problem. */
    public static final String CONTRACT = "contract";

    /** Of an answer in a verdict; one that was read is always given whole. */
    private static final int SHOWN = AnswerReader.LONGEST;

    @Override
    public String profile() {
        return "math-answer/2: boxes; exact, polynomial, balls at two precisions, seeded points";
    }

    @Override
    public Verdict judge(MathAnswerProblem problem, String answer) {
        double points = problem.points();
        AnswerContract contract;
        Reading gold;
        try {
            contract = AnswerContract.parse(problem.tags().getOrDefault(CONTRACT, ""));
            gold = AnswerReader.read(problem.answer());
        } catch (UnreadableException e) {
            return Verdict.unscored(points, "bad-gold", "the gold answer of " + problem.id() + ": " + e.reason());
        } catch (IllegalArgumentException e) {
            return Verdict.unscored(points, "bad-gold", "the contract of " + problem.id() + ": " + e.getMessage());
        }
        Optional<Extraction> found = AnswerExtractor.extract(answer, ExtractionPolicy.BOXES);
        if (found.isEmpty()) {
            return Verdict.wrong(points, "no-answer", "", "no \\boxed{} in the answer");
        }
        Extraction box = found.get();
        if (box.content().isBlank()) {
            return Verdict.wrong(points, "no-answer", "", box.place() + " is empty");
        }
        return judge(points, gold, box, contract);
    }

    private static Verdict judge(double points, Reading gold, Extraction box, AnswerContract contract) {
        String shown = Excerpt.of(box.content(), SHOWN);
        try {
            Reading value = AnswerReader.read(box.content());
            Optional<String> violation = ContractCheck.violation(value.answer(), contract);
            if (violation.isPresent()) {
                return Verdict.wrong(points, "contract", shown, violation.get() + "; " + box.place());
            }
            Finding finding = AnswerGrader.compare(gold, value, contract);
            String why = (finding.why().isEmpty() ? finding.method() : finding.why()) + "; " + box.place();
            return switch (finding.equality()) {
                case YES -> Verdict.correct(points, "equal", shown, why);
                case NO -> Verdict.wrong(points, "not-equal", shown, why);
                case UNKNOWN -> Verdict.unknown(points, "undecided", shown, why);
            };
        } catch (UnreadableException e) {
            return Verdict.unknown(
                    points, e.isTooLong() ? "too-long" : "unread", shown, e.reason() + "; " + box.place());
        }
    }
}
