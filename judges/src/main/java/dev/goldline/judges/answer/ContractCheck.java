package dev.goldline.judges.answer;

import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.Answer.Relation;
import dev.goldline.judges.notation.Answer.Relator;
import dev.goldline.judges.notation.Expression.Literal;
import java.util.List;
import java.util.Optional;

/** Whether an answer has a form that its contract rules out, whatever its value. */
final class ContractCheck {
    private ContractCheck() {}

    /** What is wrong with the form; empty if nothing certainly is. */
    static Optional<String> violation(Answer answer, AnswerContract contract) {
        if (contract.setNotation()
                && answer instanceof Relation(List<Answer> sides, List<Relator> relators)
                && !relators.contains(Relator.MEMBER)
                && !relators.contains(Relator.EQUAL)) {
            return Optional.of("an inequality where a set is asked for");
        }
        return switch (contract.shape()) {
            case INTEGER -> integer(answer, contract);
            case ANY, NUMBER, LIST, ORDERED_LIST, TUPLE, INTERVAL, EXPRESSION, CHOICE, TEXT -> Optional.empty();
        };
    }

    private static Optional<String> integer(Answer answer, AnswerContract contract) {
        if (!(answer instanceof Literal(Rational value, int decimals))) {
            return Optional.empty();
        }
        if (!value.isInteger()) {
            return Optional.of(value + " is not an integer");
        }
        boolean inside = value.numerator().compareTo(contract.low()) >= 0
                && value.numerator().compareTo(contract.high()) <= 0;
        return inside
                ? Optional.empty()
                : Optional.of(value + " is not from " + contract.low() + " to " + contract.high());
    }
}
