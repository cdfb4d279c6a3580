package dev.goldline.judges.equality;

import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.Answer.Group;
import dev.goldline.judges.notation.Answer.Relation;
import dev.goldline.judges.notation.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives the variables of an answer new names. */
final class Renaming {
    private Renaming() {}

    /** Variables named by the order in which they first occur. */
    static Answer inOrder(Answer answer) {
        Map<String, String> names = new HashMap<>();
        return of(answer, names);
    }

    private static Answer of(Answer answer, Map<String, String> names) {
        return switch (answer) {
            case Expression expression -> of(expression, names);
            case Group(Answer.Bracket bracket, List<Answer> members) ->
                new Group(bracket, members.stream().map(each -> of(each, names)).toList());
            case Relation(List<Answer> sides, List<Answer.Relator> relators) ->
                new Relation(sides.stream().map(each -> of(each, names)).toList(), relators);
            default -> answer;
        };
    }

    private static Expression of(Expression expression, Map<String, String> names) {
        return Expressions.rename(expression, name -> names.computeIfAbsent(name, any -> "#" + names.size()));
    }

    /** The value of a definition such as f(x) = x^2, with the arguments named by their place. */
    static Answer boundArguments(Answer label, Answer value) {
        if (!(label instanceof Expression.Application(String function, List<Expression> arguments))
                || !(value instanceof Expression expression)) {
            return value;
        }
        Map<String, String> names = new HashMap<>();
        for (Expression argument : arguments) {
            if (argument instanceof Expression.Name(String name)) {
                names.put(name, "#" + names.size());
            }
        }
        return Expressions.rename(expression, name -> names.getOrDefault(name, name));
    }
}
