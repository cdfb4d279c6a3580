package dev.goldline.judges.notation;

import dev.goldline.judges.arithmetic.Rational;
import java.util.List;

/** A number or a formula for one. */
public sealed interface Expression extends Answer {
    /**
     * A number in digits.
     *
     * @param decimals digits written after the decimal point; -1 if there was no point
     */
    record Literal(Rational value, int decimals) implements Expression {
        public static Literal of(long value) {
            return new Literal(Rational.of(value), -1);
        }
    }

    /** A variable or parameter: {@code x}, {@code x_1}, {@code alpha}. */
    record Name(String name) implements Expression {}

    /** Numbers with a name. */
    enum Constant implements Expression {
        PI,
        E,
        I,
        INFINITY
    }

    record Sum(List<Expression> terms) implements Expression {
        public Sum {
            terms = List.copyOf(terms);
        }
    }

    record Product(List<Expression> factors) implements Expression {
        public Product {
            factors = List.copyOf(factors);
        }
    }

    record Quotient(Expression top, Expression bottom) implements Expression {}

    record Power(Expression base, Expression exponent) implements Expression {}

    /** A function that has a meaning of its own. */
    enum Function {
        SQRT,
        /** Index, radicand. */
        ROOT,
        ABS,
        EXP,
        LN,
        /** Base, argument. */
        LOG,
        SIN,
        COS,
        TAN,
        COT,
        SEC,
        CSC,
        ARCSIN,
        ARCCOS,
        ARCTAN,
        SINH,
        COSH,
        TANH,
        FLOOR,
        CEILING,
        FACTORIAL,
        DOUBLE_FACTORIAL,
        BINOMIAL,
        GCD,
        LCM,
        MOD,
        MIN,
        MAX,
        REAL_PART,
        IMAGINARY_PART,
        CONJUGATE
    }

    record Call(Function function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        public static Call of(Function function, Expression... arguments) {
            return new Call(function, List.of(arguments));
        }
    }

    /** A function, sequence or operation without a meaning of its own: {@code f(x)}, {@code a_n}, {@code AB'}. */
    record Application(String name, List<Expression> arguments) implements Expression {
        public Application {
            arguments = List.copyOf(arguments);
        }
    }

    /** A sum or product over an index. */
    record Iterated(boolean product, String index, Expression from, Expression to, Expression body)
            implements Expression {}

    /** {@code \pm} (upper sign plus) or {@code \mp} before a term. */
    record PlusMinus(boolean plusFirst, Expression term) implements Expression {}

    /** The term with the other sign. */
    static Expression negated(Expression term) {
        return switch (term) {
            case Literal(Rational value, int decimals) -> new Literal(value.negate(), decimals);
            default -> new Product(List.of(Literal.of(-1), term));
        };
    }
}
