package dev.goldline.judges.answer;

import dev.goldline.judges.verdict.Judge;
import dev.goldline.judges.verdict.Verdict;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import java.util.Optional;

/**
 * Compares the last boxed answer with the gold answer, exactly and symmetrically: integers, fractions, decimals and
 * ordered tuples of them.
 *
 * <p>Codes: {@code equal}, {@code not-equal}, {@code no-answer} (no box, or an empty one: wrong), {@code unread} and
 * {@code too-long} (unknown), {@code bad-gold} (the gold answer cannot be read: unscored).
 */
public final class MathAnswerJudge implements Judge<MathAnswerProblem> {
    private static final int SHOWN = 200;

    @Override
    public String profile() {
        return "math-answer/1: last balanced box; integers, fractions, decimals, tuples; exact";
    }

    @Override
    public Verdict judge(MathAnswerProblem problem, String answer) {
        double points = problem.points();
        AnswerValue gold;
        try {
            gold = AnswerReader.read(problem.answer());
        } catch (AnswerReader.Unreadable e) {
            return Verdict.unscored(points, "bad-gold", "the gold answer of " + problem.id() + ": " + e.reason());
        }
        Optional<Box> found = Box.last(answer);
        if (found.isEmpty()) {
            return Verdict.wrong(points, "no-answer", "", "no \\boxed{} in the answer");
        }
        Box box = found.get();
        String place = "box at characters " + box.start() + " to " + box.end();
        String shown = shown(box.content());
        if (box.content().isBlank()) {
            return Verdict.wrong(points, "no-answer", "", place + " is empty");
        }
        try {
            AnswerValue value = AnswerReader.read(box.content());
            return value.equals(gold)
                    ? Verdict.correct(points, "equal", shown, place)
                    : Verdict.wrong(
                            points, "not-equal", shown, shown(value.toString()) + " is not " + gold + "; " + place);
        } catch (AnswerReader.Unreadable e) {
            return Verdict.unknown(points, e.code(), shown, e.reason() + "; " + place);
        }
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
