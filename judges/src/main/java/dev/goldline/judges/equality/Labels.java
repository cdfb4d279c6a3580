package dev.goldline.judges.equality;

import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.Answer.Group;
import dev.goldline.judges.notation.Answer.Ratio;
import dev.goldline.judges.notation.Answer.Relation;
import dev.goldline.judges.notation.Answer.Relator;
import dev.goldline.judges.notation.Expression;
import dev.goldline.judges.notation.Expression.Application;
import dev.goldline.judges.notation.Expression.Call;
import dev.goldline.judges.notation.Expression.Function;
import dev.goldline.judges.notation.Expression.Name;
import dev.goldline.judges.notation.Expression.Product;
import dev.goldline.judges.notation.Expression.Quotient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Values with a name before them: {@code k = 3}, {@code f(x) = x^2}, {@code (p, q) = (3, 2)}, {@code |AB| = 1},
 * {@code x = 5 + 6 = 11}, {@code x = 1/3 \approx 0.33}.
 *
 * <p>Only what cannot be a side of an equation to be solved is a label: a name, an unknown function, a tuple of these, or
 * a length, ratio or quotient of capital letters. A label does not occur in its value.
 */
final class Labels {
    /**
     * A value and its label.
     *
     * @param label what stands before the value
     * @param value the last exact member of the chain
     * @param between members of the chain that claim the same value
     * @param approximate whether nothing exact was given
     */
    record Labelled(Answer label, Answer value, List<Answer> between, boolean approximate) {}

    private Labels() {}

    /** The value of a chain of equalities and the label it begins with. */
    static Optional<Labelled> of(Answer answer) {
        if (!(answer instanceof Relation(List<Answer> sides, List<Relator> relators)) || !isLabel(sides.getFirst())) {
            return Optional.empty();
        }
        int exact = leadingEqualities(relators);
        boolean glossed = relators.stream().skip(exact).allMatch(relator -> relator == Relator.APPROXIMATELY);
        if (!glossed || exact < relators.size() - 1) {
            return Optional.empty();
        }
        boolean approximate = exact == 0;
        Answer value = sides.get(approximate ? 1 : exact);
        Answer label = sides.getFirst();
        if (shareNames(label, value)) {
            return Optional.empty();
        }
        return Optional.of(new Labelled(label, value, sides.subList(1, Math.max(1, exact)), approximate));
    }

    /** A chain without a label whose only relator is an approximation at its end: the gloss is dropped. */
    static Optional<Answer> withoutGloss(Answer answer) {
        if (answer instanceof Relation(List<Answer> sides, List<Relator> relators)
                && relators.equals(List.of(Relator.APPROXIMATELY))
                && sides.getFirst() instanceof Expression expression
                && ExpressionComparison.isConstant(expression)) {
            return Optional.of(expression);
        }
        return Optional.empty();
    }

    private static int leadingEqualities(List<Relator> relators) {
        int count = 0;
        while (count < relators.size() && relators.get(count) == Relator.EQUAL) {
            count++;
        }
        return count;
    }

    static boolean isLabel(Answer answer) {
        return switch (answer) {
            case Name ignored -> true;
            case Application ignored -> true;
            case Call(Function function, List<Expression> arguments)
            when function == Function.ABS -> isCapitals(arguments.getFirst());
            case Quotient(Expression top, Expression bottom) -> isCapitals(top) && isCapitals(bottom);
            case Product product -> isCapitals(product);
            case Group(Answer.Bracket bracket, List<Answer> members)
            when bracket == Answer.Bracket.ROUND -> members.stream().allMatch(Labels::isLabel);
            case Ratio(List<Expression> terms) -> terms.stream().allMatch(term -> isLabel(term) || isCapitals(term));
            default -> false;
        };
    }

    /** The name of a point, segment or area: letters, all of them capitals. */
    private static boolean isCapitals(Expression expression) {
        return switch (expression) {
            case Name(String name) -> name.equals(name.toUpperCase(Locale.ROOT));
            case Product(List<Expression> factors) ->
                factors.stream().allMatch(factor -> factor instanceof Name && isCapitals(factor));
            default -> false;
        };
    }

    private static boolean shareNames(Answer label, Answer value) {
        Set<String> inLabel = names(label);
        // The argument of a function is bound: f(x) = x^2.
        if (label instanceof Application application) {
            inLabel.clear();
            inLabel.add(application.name());
        }
        Set<String> inValue = names(value);
        return inLabel.stream().anyMatch(inValue::contains);
    }

    /** The names an answer has, those of unknown functions among them. */
    static Set<String> names(Answer answer) {
        Set<String> names = new HashSet<>();
        for (Expression expression : formulas(answer)) {
            Expressions.visit(expression, part -> {
                if (part instanceof Name(String name)) {
                    names.add(name);
                } else if (part instanceof Application(String name, List<Expression> arguments)) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    /** The formulas an answer is made of. */
    static List<Expression> formulas(Answer answer) {
        List<Expression> formulas = new ArrayList<>();
        switch (answer) {
            case Expression expression -> formulas.add(expression);
            case Group(var bracket, List<Answer> members) -> members.forEach(each -> formulas.addAll(formulas(each)));
            case Answer.Interval(Expression low, Expression high, boolean l, boolean h) -> {
                formulas.add(low);
                formulas.add(high);
            }
            case Answer.Combined(var operation, List<Answer> sets) ->
                sets.forEach(each -> formulas.addAll(formulas(each)));
            case Answer.Matrix(List<List<Expression>> rows) -> rows.forEach(formulas::addAll);
            case Relation(List<Answer> sides, var relators) -> sides.forEach(each -> formulas.addAll(formulas(each)));
            case Answer.Measured(Answer amount, String unit) -> formulas.addAll(formulas(amount));
            case Ratio(List<Expression> terms) -> formulas.addAll(terms);
            case Answer.Qualified(Answer main, List<Answer> conditions) -> {
                formulas.addAll(formulas(main));
                conditions.forEach(each -> formulas.addAll(formulas(each)));
            }
            case Answer.BaseNumber ignored -> {}
            case Answer.NumberSet ignored -> {}
            case Answer.Text ignored -> {}
        }
        return formulas;
    }
}
