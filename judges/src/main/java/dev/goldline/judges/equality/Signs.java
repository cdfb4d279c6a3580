package dev.goldline.judges.equality;

import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.Answer.Bracket;
import dev.goldline.judges.notation.Answer.Group;
import dev.goldline.judges.notation.Answer.Relation;
import dev.goldline.judges.notation.Expression;
import dev.goldline.judges.notation.Expression.PlusMinus;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code a \pm b} as the list of its two values. Several signs in one formula are left alone unless some are
 * {@code \mp}: only then is it plain that they go together.
 */
final class Signs {
    private Signs() {}

    static Answer expanded(Answer answer) {
        return switch (answer) {
            case Expression expression when Expressions.has(expression, PlusMinus.class) -> values(expression);
            case Group(Bracket bracket, List<Answer> members)
            when bracket == Bracket.NONE || bracket == Bracket.BRACES -> flat(bracket, members);
            case Relation(List<Answer> sides, List<Answer.Relator> relators)
            when relators.equals(List.of(Answer.Relator.EQUAL))
                    && sides.get(1) instanceof Expression right
                    && Expressions.has(right, PlusMinus.class) ->
                new Relation(List.of(sides.getFirst(), values(right)), relators);
            default -> answer;
        };
    }

    private static Answer flat(Bracket bracket, List<Answer> members) {
        List<Answer> flat = new ArrayList<>();
        for (Answer member : members) {
            Answer expanded = expanded(member);
            if (expanded instanceof Group(Bracket inner, List<Answer> values)
                    && inner == Bracket.NONE
                    && (member instanceof Expression || bracket == Bracket.BRACES)) {
                flat.addAll(values);
            } else {
                flat.add(expanded);
            }
        }
        return new Group(bracket, flat);
    }

    private static Answer values(Expression expression) {
        int[] signs = new int[2];
        Expressions.visit(expression, part -> {
            if (part instanceof PlusMinus(boolean plusFirst, Expression term)) {
                signs[plusFirst ? 0 : 1]++;
            }
        });
        if (signs[0] > 1 && signs[1] == 0 || signs[0] == 0 && signs[1] > 1) {
            return expression;
        }
        return new Group(Bracket.NONE, List.of(with(expression, true), with(expression, false)));
    }

    private static Expression with(Expression expression, boolean upper) {
        return expression instanceof PlusMinus(boolean plusFirst, Expression term)
                ? plusFirst == upper ? with(term, upper) : Expression.negated(with(term, upper))
                : Expressions.map(expression, part -> with(part, upper));
    }
}
