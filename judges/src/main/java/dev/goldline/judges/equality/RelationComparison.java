package dev.goldline.judges.equality;

import dev.goldline.judges.arithmetic.Budget;
import dev.goldline.judges.arithmetic.BudgetExceededException;
import dev.goldline.judges.arithmetic.Polynomial;
import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.Answer.Relation;
import dev.goldline.judges.notation.Answer.Relator;
import dev.goldline.judges.notation.Expression;
import java.util.List;
import java.util.Optional;

/** Equations, inequalities, memberships and values with labels. */
final class RelationComparison {
    private static final long POLYNOMIAL_SHARE = 40_000;

    private final AnswerComparison answers;
    private final RealSets sets;
    private final Budget budget;

    RelationComparison(AnswerComparison answers, RealSets sets, Budget budget) {
        this.answers = answers;
        this.sets = sets;
        this.budget = budget;
    }

    Finding compare(Relation a, Relation b) {
        if (a.equals(b)) {
            return Finding.yes("identical", "");
        }
        Optional<Labels.Labelled> left = Labels.of(a);
        Optional<Labels.Labelled> right = Labels.of(b);
        if (left.isPresent()
                && right.isPresent()
                && sameLabel(left.get().label(), right.get().label())) {
            return values(left.get(), right.get());
        }
        Optional<RealSets.Solution> solvedA = sets.solve(a.relators().contains(Relator.EQUAL) ? nothing() : a);
        Optional<RealSets.Solution> solvedB = sets.solve(b.relators().contains(Relator.EQUAL) ? nothing() : b);
        if (solvedA.isPresent() && solvedB.isPresent()) {
            Finding same = sets.compare(solvedA.get().pieces(), solvedB.get().pieces());
            return solvedA.get().unknown().equals(solvedB.get().unknown()) || same.isNo()
                    ? same.through("solved")
                    : Finding.unknown("relation", "the same values of different unknowns");
        }
        Optional<Finding> proportional = proportional(a, b);
        if (proportional.isPresent()) {
            return proportional.get();
        }
        Finding sides = sideBySide(a, b);
        return sides.isYes() ? sides : Finding.unknown("relation", "relations that cannot be compared");
    }

    private static Answer nothing() {
        return new Answer.Text("");
    }

    /** The same name, or the same function of arguments that are only placeholders. */
    static boolean sameLabel(Answer a, Answer b) {
        return a.equals(b)
                || a instanceof Expression.Application(String nameA, List<Expression> argumentsA)
                        && b instanceof Expression.Application(String nameB, List<Expression> argumentsB)
                        && nameA.equals(nameB)
                        && !nameA.endsWith("_")
                        && argumentsA.size() == argumentsB.size()
                        && argumentsA.stream().allMatch(Expression.Name.class::isInstance)
                        && argumentsB.stream().allMatch(Expression.Name.class::isInstance);
    }

    private Finding values(Labels.Labelled a, Labels.Labelled b) {
        Optional<Finding> broken = broken(a).or(() -> broken(b));
        return broken.orElseGet(() -> answers.equal(
                Renaming.boundArguments(a.label(), a.value()), Renaming.boundArguments(b.label(), b.value())));
    }

    /** A chain whose members are not all equal says nothing certain. */
    private Optional<Finding> broken(Labels.Labelled labelled) {
        for (Answer member : labelled.between()) {
            if (!answers.equal(member, labelled.value()).isYes()) {
                return Optional.of(Finding.unknown("chain", "a chain whose members are not all equal"));
            }
        }
        return Optional.empty();
    }

    /** A relation against what is none: its value without the label, or the set that it describes. */
    Finding compareValue(Relation relation, Answer value) {
        Optional<Labels.Labelled> labelled = Labels.of(relation);
        if (labelled.isPresent()) {
            Optional<Finding> broken = broken(labelled.get());
            return broken.orElseGet(
                    () -> answers.equal(labelled.get().value(), value).through("label dropped"));
        }
        Optional<RealSets.Solution> solution = sets.solve(relation);
        if (solution.isPresent()) {
            Optional<List<RealSets.Piece>> pieces = sets.of(value);
            if (pieces.isPresent()) {
                return sets.compare(solution.get().pieces(), pieces.get()).through("solved");
            }
        }
        boolean membership = relation.relators().equals(List.of(Relator.MEMBER))
                && Labels.isLabel(relation.sides().getFirst());
        if (membership) {
            return answers.equal(relation.sides().get(1), value).through("label dropped");
        }
        boolean several = Labels.names(relation).size() > 1;
        return value instanceof Expression && several
                ? Finding.no("shape", "a relation is not a value")
                : Finding.unknown("relation", "a relation against a value");
    }

    /** Single equations or inequalities whose sides differ by proportional polynomials. */
    private Optional<Finding> proportional(Relation a, Relation b) {
        if (a.relators().size() != 1 || b.relators().size() != 1) {
            return Optional.empty();
        }
        Budget share = budget.share(POLYNOMIAL_SHARE);
        Canonical canonical = new Canonical(share);
        try {
            Optional<Polynomial> left = difference(canonical, a);
            Optional<Polynomial> right = difference(canonical, b);
            if (left.isEmpty()
                    || right.isEmpty()
                    || left.get().isZero()
                    || right.get().isZero()) {
                return Optional.empty();
            }
            Rational ratio = left.get().ratio(right.get(), canonical.budget());
            Relator relatorA = a.relators().getFirst();
            Relator relatorB = ratio.signum() < 0
                    ? b.relators().getFirst().mirrored()
                    : b.relators().getFirst();
            if (ratio.signum() != 0) {
                return Optional.of(
                        relatorA == relatorB
                                ? Finding.yes("polynomial", "the same relation up to a factor")
                                : Finding.no("polynomial", "the relators differ"));
            }
            boolean linear = isLinear(canonical, left.get()) && isLinear(canonical, right.get());
            if (linear && relatorA == Relator.EQUAL && relatorB == Relator.EQUAL) {
                return Optional.of(Finding.no("polynomial", "linear equations that are not proportional"));
            }
        } catch (BudgetExceededException e) {
            // Too large to multiply out.
        } finally {
            budget.settle(share);
        }
        return Optional.empty();
    }

    private static boolean isLinear(Canonical canonical, Polynomial polynomial) {
        if (!canonical.isFree(polynomial)) {
            return false;
        }
        return canonical.variables(polynomial).stream()
                        .allMatch(name -> polynomial.degree(canonical.generator(name)) == 1)
                && polynomial.isLinear();
    }

    private static Optional<Polynomial> difference(Canonical canonical, Relation relation) {
        if (relation.relators().getFirst() == Relator.MEMBER
                || !(relation.sides().get(0) instanceof Expression left)
                || !(relation.sides().get(1) instanceof Expression right)) {
            return Optional.empty();
        }
        Canonical.Fraction difference = canonical.minus(canonical.of(left), canonical.of(right));
        return difference.isPolynomial()
                ? Optional.of(difference
                        .top()
                        .times(
                                Polynomial.of(
                                        Rational.ONE.over(difference.bottom().constant(), canonical.budget())),
                                canonical.budget()))
                : Optional.empty();
    }

    /** The same chain as written, or mirrored. */
    private Finding sideBySide(Relation a, Relation b) {
        if (a.sides().size() != b.sides().size()) {
            return Finding.unknown("relation", "chains of different lengths");
        }
        if (a.relators().equals(b.relators())) {
            Finding straight = sides(a.sides(), b.sides());
            if (straight.isYes()) {
                return straight;
            }
        }
        List<Relator> mirrored =
                b.relators().reversed().stream().map(Relator::mirrored).toList();
        return a.relators().equals(mirrored)
                ? sides(a.sides(), b.sides().reversed())
                : Finding.unknown("relation", "different relators");
    }

    private Finding sides(List<Answer> a, List<Answer> b) {
        for (int i = 0; i < a.size(); i++) {
            if (!answers.equal(a.get(i), b.get(i)).isYes()) {
                return Finding.unknown("relation", "sides that differ");
            }
        }
        return Finding.yes("relation", "side by side");
    }
}
