package dev.goldline.judges.equality;

import dev.goldline.judges.arithmetic.Budget;
import dev.goldline.judges.arithmetic.BudgetExceededException;
import dev.goldline.judges.arithmetic.ComplexBall;
import dev.goldline.judges.arithmetic.IndeterminateException;
import dev.goldline.judges.arithmetic.Precision;
import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.notation.Excerpt;
import dev.goldline.judges.notation.Expression;
import dev.goldline.judges.notation.Expression.Application;
import dev.goldline.judges.notation.Expression.Call;
import dev.goldline.judges.notation.Expression.Function;
import dev.goldline.judges.notation.Expression.Iterated;
import dev.goldline.judges.notation.Expression.Name;
import dev.goldline.judges.notation.Expression.Power;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Compares two formulas with variables at points drawn from a seeded stream.
 *
 * <p>Formulas that only make sense for whole numbers, or that have steps, get whole points: small ones, then signed ones
 * as wide as a million. Others get positive rational points, then complex ones, where an identity that holds for positive
 * numbers alone shows. A difference at a positive point is a witness: the formulas are not equal. A difference anywhere
 * else leaves the question open, for a problem may speak of positive numbers only.
 */
final class Points {
    private static final long SEED = 0x601D_11E5L;
    private static final Precision PRECISION = Precision.of(30);

    /** A difference must be known to so many digits to count as none. */
    private static final int AGREEING_DIGITS = 15;

    private static final int SHOWN = 40;
    private static final int ANALYTIC_POINTS = 4;
    private static final int WHOLE_POINTS = 64;
    private static final int LEAST_ANALYTIC = 5;
    private static final int LEAST_WHOLE = 12;
    private static final int LEAST_WIDE = 24;
    private static final int SMALL_POINTS = 16;

    /** Neighbouring divisors d of a floor show at points of about d^2. */
    private static final double MOST_SIZE = 1_000;

    private static final double MOST_DIVISOR = 12;
    private static final long BUDGET_A_POINT = 40_000;

    private static final Set<Function> WHOLE = EnumSet.of(
            Function.FACTORIAL, Function.DOUBLE_FACTORIAL, Function.BINOMIAL, Function.GCD, Function.LCM, Function.MOD);
    /** Functions of numbers that are not negative. */
    private static final Set<Function> NATURAL =
            EnumSet.of(Function.FACTORIAL, Function.DOUBLE_FACTORIAL, Function.BINOMIAL);

    private static final Set<Function> STEPS = EnumSet.of(Function.FLOOR, Function.CEILING);
    private static final Set<Function> BENT = EnumSet.of(
            Function.ABS, Function.MIN, Function.MAX, Function.REAL_PART, Function.IMAGINARY_PART, Function.CONJUGATE);

    private final Expression left;
    private final Expression right;
    private final Set<String> symbols = new TreeSet<>();
    private final Budget budget;
    private boolean whole;
    private boolean steps;
    private boolean natural;
    private boolean divisors;
    private boolean bent;
    private boolean unknownFunctions;

    private int agreements;
    private boolean differs;

    Points(Expression left, Expression right, Budget budget) {
        this.budget = budget;
        this.left = named(left, Set.of());
        this.right = named(right, Set.of());
        look(this.left, Set.of());
        look(this.right, Set.of());
    }

    /** Names and unknown functions, and what kind of points the formula needs. */
    private void look(Expression expression, Set<String> bound) {
        switch (expression) {
            case Name(String name) -> {
                if (!bound.contains(name)) {
                    symbols.add(name);
                }
            }
            case Call(Function function, List<Expression> arguments) -> {
                whole |= WHOLE.contains(function);
                divisors |= function == Function.GCD || function == Function.LCM;
                natural |= NATURAL.contains(function);
                steps |= STEPS.contains(function);
                bent |= BENT.contains(function);
            }
            case Power(Expression base, Expression exponent) ->
                whole |= isNegative(base) && Expressions.has(exponent, Name.class);
            case Iterated iterated -> {
                whole = true;
                natural = true;
                Set<String> inner = new TreeSet<>(bound);
                inner.add(iterated.index());
                look(iterated.from(), bound);
                look(iterated.to(), bound);
                look(iterated.body(), inner);
                return;
            }
            default -> {}
        }
        for (Expression part : Expressions.parts(expression)) {
            look(part, bound);
        }
    }

    /** The value of an unknown function is a variable of its own, unless it depends on an index. */
    private Expression named(Expression expression, Set<String> bound) {
        if (expression instanceof Application application) {
            unknownFunctions = true;
            boolean[] free = {true};
            Expressions.visit(
                    application, part -> free[0] &= !(part instanceof Name(String name) && bound.contains(name)));
            return free[0] ? new Name(Canonical.key(application, budget)) : application;
        }
        if (expression instanceof Iterated iterated) {
            Set<String> inner = new TreeSet<>(bound);
            inner.add(iterated.index());
            return new Iterated(
                    iterated.product(),
                    iterated.index(),
                    named(iterated.from(), bound),
                    named(iterated.to(), bound),
                    named(iterated.body(), inner));
        }
        return Expressions.map(expression, part -> named(part, bound));
    }

    private boolean isNegative(Expression base) {
        try {
            return ExactValue.of(base, Map.of(), budget)
                    .filter(value -> value.signum() < 0)
                    .isPresent();
        } catch (IndeterminateException e) {
            return false;
        }
    }

    Finding compare() {
        return whole || steps ? wholePoints() : otherPoints();
    }

    private Finding wholePoints() {
        SplittableRandom random = new SplittableRandom(SEED);
        int wide = 0;
        for (int i = 0; i < WHOLE_POINTS; i++) {
            long most = i < 16 ? 12 : i < 32 ? 60 : i < 48 ? 3_000 : 1_000_000;
            boolean signed = !natural && i >= SMALL_POINTS && i % 4 == 3;
            Map<String, Rational> point = new HashMap<>();
            for (String symbol : symbols) {
                long drawn = random.nextLong(signed ? -most : 1, most + 1);
                // One variable goes through the small numbers without a gap.
                point.put(symbol, Rational.of(symbols.size() == 1 && i < SMALL_POINTS ? i + 1 : drawn));
            }
            int before = agreements;
            Optional<Finding> witness = at(point, Map.of(), !signed);
            if (witness.isPresent()) {
                return witness.get();
            }
            wide += i >= 32 ? agreements - before : 0;
        }
        boolean enough = steps ? agreements >= LEAST_WIDE && wide >= LEAST_WHOLE : agreements >= LEAST_WHOLE;
        return settled(enough, "whole points");
    }

    private Finding otherPoints() {
        SplittableRandom random = new SplittableRandom(SEED);
        int positive = bent ? WHOLE_POINTS / 2 : ANALYTIC_POINTS;
        for (int i = 0; i < positive; i++) {
            Map<String, Rational> point = new HashMap<>();
            for (String symbol : symbols) {
                point.put(symbol, fraction(random, i < positive / 2 ? 5 : 900));
            }
            Optional<Finding> witness = at(point, Map.of(), true);
            if (witness.isPresent()) {
                return witness.get();
            }
        }
        int seen = agreements;
        for (int i = 0; i < positive; i++) {
            Map<String, Rational> point = new HashMap<>();
            Map<String, ComplexBall> complex = new HashMap<>();
            for (String symbol : symbols) {
                Rational real = signed(random, 3);
                if (bent) {
                    point.put(symbol, real);
                } else {
                    complex.put(symbol, ComplexBall.of(real, signed(random, 2), PRECISION));
                }
            }
            at(point, complex, false);
        }
        boolean enough = seen >= 2 && agreements - seen >= LEAST_ANALYTIC - 2 && agreements >= LEAST_ANALYTIC;
        return settled(enough, bent ? "signed points" : "complex points");
    }

    private static Rational fraction(SplittableRandom random, int most) {
        long bottom = random.nextLong(7, 98);
        return Rational.of(BigInteger.valueOf(random.nextLong(1, most * bottom)), BigInteger.valueOf(bottom));
    }

    private static Rational signed(SplittableRandom random, int most) {
        Rational size = fraction(random, most);
        return random.nextBoolean() ? size : size.negate();
    }

    private Finding settled(boolean enough, String kind) {
        if (differs) {
            return Finding.unknown("points", "equal at positive points, different at some others");
        }
        // Steps far out, or rare common divisors, lie between the points.
        double size = Math.max(size(left), size(right));
        if (enough && ((steps || bent) && size > MOST_SIZE || divisors && size > MOST_DIVISOR)) {
            return Finding.unknown("points", "equal at the points, whose reach the constants exceed");
        }
        return enough
                ? Finding.yes("points", "equal at " + agreements + " seeded points, " + kind + " among them")
                : Finding.unknown("points", "too few points where both sides have a value");
    }

    /** An upper bound of the sizes that the constants of a formula can make together. */
    private static double size(Expression expression) {
        return switch (expression) {
            case Expression.Literal(Rational value, int decimals) ->
                Math.max(
                        1,
                        Math.max(
                                value.numerator().abs().doubleValue(),
                                value.denominator().doubleValue()));
            case Power(Expression base, Expression exponent) -> Math.pow(size(base), size(exponent));
            case Call(Function function, List<Expression> parts)
            when function == Function.FACTORIAL && size(parts.getFirst()) > 1 ->
                Math.pow(size(parts.getFirst()), size(parts.getFirst()));
            default -> {
                double size = 1;
                for (Expression part : Expressions.parts(expression)) {
                    size *= size(part);
                }
                yield size;
            }
        };
    }

    /** Counts an agreement; a finding only where a difference proves the formulas different. */
    private Optional<Finding> at(Map<String, Rational> point, Map<String, ComplexBall> complex, boolean positive) {
        Budget share = budget.share(BUDGET_A_POINT);
        try {
            Optional<Rational> exactLeft = point.isEmpty() ? Optional.empty() : ExactValue.of(left, point, share);
            Optional<Rational> exactRight = point.isEmpty() ? Optional.empty() : ExactValue.of(right, point, share);
            if (exactLeft.isPresent() && exactRight.isPresent()) {
                boolean same = exactLeft.get().equals(exactRight.get());
                agreements += same ? 1 : 0;
                return same
                        ? Optional.empty()
                        : difference(
                                point,
                                positive,
                                exactLeft.get().toString(),
                                exactRight.get().toString());
            }
            return ballsAt(point, complex, positive, share);
        } catch (IndeterminateException | BudgetExceededException e) {
            // Nothing is learned at a point where a side has no value, or one that costs too much.
            return Optional.empty();
        } finally {
            budget.settle(share);
        }
    }

    private Optional<Finding> ballsAt(
            Map<String, Rational> point, Map<String, ComplexBall> complex, boolean positive, Budget share) {
        Map<String, ComplexBall> balls = new HashMap<>(complex);
        point.forEach((name, value) -> balls.put(name, ComplexBall.of(value, PRECISION)));
        BallValue values = new BallValue(balls, point, PRECISION, share);
        ComplexBall a = values.of(left);
        ComplexBall b = values.of(right);
        ComplexBall difference = values.plus(a, b.negate());
        if (!difference.mayBeZero()) {
            return difference(point, positive, a.approximately(), b.approximately());
        }
        int scale = Math.max(0, Math.max(a.magnitude(), b.magnitude()));
        if (!values.hidesSmallTerms() && difference.isBelowTenTo(scale - AGREEING_DIGITS)) {
            agreements++;
        }
        return Optional.empty();
    }

    private Optional<Finding> difference(Map<String, Rational> point, boolean positive, String a, String b) {
        differs = true;
        if (!positive || unknownFunctions) {
            return Optional.empty();
        }
        StringBuilder where = new StringBuilder();
        for (String symbol : symbols) {
            where.append(where.isEmpty() ? "" : ", ")
                    .append(symbol)
                    .append(" = ")
                    .append(point.get(symbol));
        }
        // Sorted, so that the reason is the same from both sides.
        boolean ordered = a.compareTo(b) <= 0;
        return Optional.of(Finding.no(
                "points",
                (where.isEmpty() ? "" : "at " + where + " ") + "the values are " + Excerpt.of(ordered ? a : b, SHOWN)
                        + " and " + Excerpt.of(ordered ? b : a, SHOWN)));
    }
}
