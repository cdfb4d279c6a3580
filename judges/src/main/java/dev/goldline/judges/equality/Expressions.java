package dev.goldline.judges.equality;

import dev.goldline.judges.notation.Expression;
import dev.goldline.judges.notation.Expression.Application;
import dev.goldline.judges.notation.Expression.Call;
import dev.goldline.judges.notation.Expression.Constant;
import dev.goldline.judges.notation.Expression.Iterated;
import dev.goldline.judges.notation.Expression.Literal;
import dev.goldline.judges.notation.Expression.Name;
import dev.goldline.judges.notation.Expression.PlusMinus;
import dev.goldline.judges.notation.Expression.Power;
import dev.goldline.judges.notation.Expression.Product;
import dev.goldline.judges.notation.Expression.Quotient;
import dev.goldline.judges.notation.Expression.Sum;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Walks over expressions. */
final class Expressions {
    private Expressions() {}

    /** The parts an expression is made of, one level down. */
    static List<Expression> parts(Expression expression) {
        return switch (expression) {
            case Literal ignored -> List.of();
            case Name ignored -> List.of();
            case Constant ignored -> List.of();
            case Sum(List<Expression> terms) -> terms;
            case Product(List<Expression> factors) -> factors;
            case Quotient(Expression top, Expression bottom) -> List.of(top, bottom);
            case Power(Expression base, Expression exponent) -> List.of(base, exponent);
            case Call(var function, List<Expression> arguments) -> arguments;
            case Application(String name, List<Expression> arguments) -> arguments;
            case Iterated(boolean product, String index, Expression from, Expression to, Expression body) ->
                List.of(from, to, body);
            case PlusMinus(boolean plusFirst, Expression term) -> List.of(term);
        };
    }

    /** Visits an expression and all its parts. */
    static void visit(Expression expression, Consumer<Expression> visitor) {
        visitor.accept(expression);
        for (Expression part : parts(expression)) {
            visit(part, visitor);
        }
    }

    /** The expression with each of its direct parts replaced. */
    static Expression map(Expression expression, UnaryOperator<Expression> change) {
        return switch (expression) {
            case Literal literal -> literal;
            case Name name -> name;
            case Constant constant -> constant;
            case Sum(List<Expression> terms) ->
                new Sum(terms.stream().map(change).toList());
            case Product(List<Expression> factors) ->
                new Product(factors.stream().map(change).toList());
            case Quotient(Expression top, Expression bottom) -> new Quotient(change.apply(top), change.apply(bottom));
            case Power(Expression base, Expression exponent) -> new Power(change.apply(base), change.apply(exponent));
            case Call(var function, List<Expression> arguments) ->
                new Call(function, arguments.stream().map(change).toList());
            case Application(String name, List<Expression> arguments) ->
                new Application(name, arguments.stream().map(change).toList());
            case Iterated(boolean product, String index, Expression from, Expression to, Expression body) ->
                new Iterated(product, index, change.apply(from), change.apply(to), change.apply(body));
            case PlusMinus(boolean plusFirst, Expression term) -> new PlusMinus(plusFirst, change.apply(term));
        };
    }

    /** Whether any part is of a kind. */
    static boolean has(Expression expression, Class<? extends Expression> kind) {
        return kind.isInstance(expression) || parts(expression).stream().anyMatch(part -> has(part, kind));
    }

    /** The expression with names replaced; an index that is bound inside keeps its own. */
    static Expression rename(Expression expression, UnaryOperator<String> names) {
        return switch (expression) {
            case Name(String name) -> new Name(names.apply(name));
            case Iterated(boolean product, String index, Expression from, Expression to, Expression body) ->
                new Iterated(
                        product,
                        index,
                        rename(from, names),
                        rename(to, names),
                        rename(body, name -> name.equals(index) ? name : names.apply(name)));
            default -> map(expression, part -> rename(part, names));
        };
    }
}
