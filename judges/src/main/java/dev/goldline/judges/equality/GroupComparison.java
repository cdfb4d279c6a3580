package dev.goldline.judges.equality;

import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.contract.AnswerContract.Shape;
import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.Answer.Bracket;
import dev.goldline.judges.notation.Answer.Group;
import dev.goldline.judges.notation.Answer.Matrix;
import dev.goldline.judges.notation.Answer.Relation;
import dev.goldline.judges.notation.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists, sets, tuples and vectors. */
final class GroupComparison {
    private static final int MOST_PAIRS = 4_000;

    private final AnswerComparison answers;
    private final AnswerContract contract;

    GroupComparison(AnswerComparison answers, AnswerContract contract) {
        this.answers = answers;
        this.contract = contract;
    }

    /** How the members of two groups are matched. */
    private enum Order {
        ORDERED,
        UNORDERED,
        /** In order they are equal only under a contract; in another order they are not. */
        OPEN
    }

    Finding compare(Group a, Group b) {
        List<Answer> left = distributed(a);
        List<Answer> right = distributed(b);
        if (a.bracket() == Bracket.NONE
                && b.bracket() == Bracket.NONE
                && distinctLabels(left) != distinctLabels(right)) {
            return labelled(distinctLabels(left) ? left : right, distinctLabels(left) ? right : left);
        }
        Optional<Answer> labelA = commonLabel(a);
        Optional<Answer> labelB = commonLabel(b);
        if (labelA.isPresent() && labelB.isPresent() && !RelationComparison.sameLabel(labelA.get(), labelB.get())) {
            Finding values = anyOrder(left, right);
            return values.isNo() ? values : Finding.unknown("labels", "the same values of different unknowns");
        }
        boolean tuple = a.bracket() == Bracket.ROUND || b.bracket() == Bracket.ROUND;
        boolean named = a.bracket() == Bracket.NONE && distinctLabels(left)
                || b.bracket() == Bracket.NONE && distinctLabels(right);
        if (tuple && named) {
            return inOrder(left, right).through("labels dropped");
        }
        Order order = order(a.bracket(), b.bracket());
        return switch (order) {
            case ORDERED -> inOrder(left, right);
            case UNORDERED -> anyOrder(left, right);
            case OPEN -> open(a, b);
        };
    }

    private Order order(Bracket a, Bracket b) {
        Shape shape = contract.shape();
        if (shape == Shape.LIST) {
            return Order.UNORDERED;
        }
        if (shape == Shape.ORDERED_LIST || shape == Shape.TUPLE) {
            return Order.ORDERED;
        }
        boolean listA = a == Bracket.NONE || a == Bracket.BRACES;
        boolean listB = b == Bracket.NONE || b == Bracket.BRACES;
        if (listA && listB) {
            return Order.UNORDERED;
        }
        boolean vectors = (a == Bracket.ROUND || a == Bracket.ANGLE) && (b == Bracket.ROUND || b == Bracket.ANGLE);
        return a == b || vectors ? Order.ORDERED : Order.OPEN;
    }

    private Finding open(Group a, Group b) {
        boolean pairs = a.members().size() == 2 && b.members().size() == 2;
        if (contract.shape() == Shape.INTERVAL && pairs) {
            return answers.realSets(a, b);
        }
        Finding ordered = inOrder(a.members(), b.members());
        boolean isSet = a.bracket() == Bracket.BRACES || b.bracket() == Bracket.BRACES;
        if (ordered.isNo() && (!isSet || anyOrder(a.members(), b.members()).isNo())) {
            return ordered;
        }
        return Finding.unknown("group", "the same values in different brackets");
    }

    /** One label before a list of values belongs to each of them. */
    private static List<Answer> distributed(Group group) {
        List<Answer> members = new ArrayList<>();
        for (Answer member : group.members()) {
            Optional<Labels.Labelled> labelled = Labels.of(member);
            if (labelled.isPresent()
                    && labelled.get().value() instanceof Group(Bracket bracket, List<Answer> values)
                    && bracket == Bracket.NONE) {
                members.addAll(values);
            } else {
                members.add(member);
            }
        }
        if (group.bracket() != Bracket.NONE && group.bracket() != Bracket.BRACES) {
            return members;
        }
        List<Labels.Labelled> labels =
                members.stream().map(Labels::of).flatMap(Optional::stream).toList();
        boolean one = !labels.isEmpty()
                && labels.stream()
                        .allMatch(each -> each.label().equals(labels.getFirst().label()))
                && members.stream()
                        .noneMatch(each ->
                                each instanceof Relation && Labels.of(each).isEmpty());
        if (!one) {
            return members;
        }
        return members.stream()
                .map(each -> Labels.of(each)
                        .filter(label -> label.between().isEmpty())
                        .map(Labels.Labelled::value)
                        .orElse(each))
                .toList();
    }

    /** The label that all labels of a list are, if there is one. */
    private static Optional<Answer> commonLabel(Group group) {
        List<Answer> labels = group.members().stream()
                .map(Labels::of)
                .flatMap(Optional::stream)
                .map(Labels.Labelled::label)
                .distinct()
                .toList();
        return labels.size() == 1 ? Optional.of(labels.getFirst()) : Optional.empty();
    }

    private static boolean distinctLabels(List<Answer> members) {
        List<Answer> labels = members.stream()
                .map(Labels::of)
                .flatMap(Optional::stream)
                .map(Labels.Labelled::label)
                .toList();
        return labels.size() == members.size() && labels.stream().distinct().count() == labels.size();
    }

    /** Values whose labels give their order, against values without labels. */
    private Finding labelled(List<Answer> labelled, List<Answer> bare) {
        Finding ordered = inOrder(labelled, bare);
        if (ordered.isNo() && labelled.size() == bare.size()) {
            return anyOrder(labelled, bare).isNo()
                    ? ordered
                    : Finding.unknown("labels", "the values in another order than their labels");
        }
        return ordered.isYes() ? ordered.through("labels dropped") : ordered;
    }

    private Finding inOrder(List<? extends Answer> a, List<? extends Answer> b) {
        if (a.size() != b.size()) {
            return Finding.no("group", counts(a.size(), b.size()));
        }
        return worst(Finding.yes("group", "member by member"), a, b);
    }

    private static String counts(int a, int b) {
        return Math.min(a, b) + " values are not " + Math.max(a, b);
    }

    /** The first no, else the first unknown, else what was found so far. */
    Finding worst(Finding soFar, List<? extends Answer> a, List<? extends Answer> b) {
        Finding worst = soFar;
        for (int i = 0; i < a.size(); i++) {
            Finding finding = answers.equal(a.get(i), b.get(i));
            if (finding.isNo()) {
                return finding.through("member " + (i + 1));
            }
            if (worst.isYes() && !finding.isYes()) {
                worst = finding.through("member " + (i + 1));
            }
        }
        return worst;
    }

    private Finding anyOrder(List<Answer> a, List<Answer> b) {
        if ((long) a.size() * b.size() > MOST_PAIRS) {
            return Finding.unknown(
                    "budget", "lists of " + Math.min(a.size(), b.size()) + " and " + Math.max(a.size(), b.size()));
        }
        boolean[] foundInB = new boolean[a.size()];
        boolean[] foundInA = new boolean[b.size()];
        boolean[] openInB = new boolean[a.size()];
        boolean[] openInA = new boolean[b.size()];
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < b.size(); j++) {
                Finding finding = answers.equal(a.get(i), b.get(j));
                foundInB[i] |= finding.isYes();
                foundInA[j] |= finding.isYes();
                openInB[i] |= !finding.isNo();
                openInA[j] |= !finding.isNo();
            }
        }
        if (!all(openInB) || !all(openInA)) {
            return Finding.no("list", "a value on one side only");
        }
        if (!all(foundInB) || !all(foundInA)) {
            return Finding.unknown("list", "values that cannot be compared");
        }
        boolean repeated = a.size() != b.size();
        boolean tuples = a.getFirst() instanceof Group;
        return repeated && !tuples
                ? Finding.unknown("list", "the same values, some of them repeated")
                : Finding.yes("list", "the same values in any order");
    }

    private static boolean all(boolean[] flags) {
        for (boolean flag : flags) {
            if (!flag) {
                return false;
            }
        }
        return true;
    }

    /** A tuple against a row or column. */
    Finding compareVector(Group group, Matrix matrix) {
        List<Expression> entries = new ArrayList<>();
        matrix.rows().forEach(entries::addAll);
        boolean vector = matrix.rows().size() == 1 || matrix.rows().getFirst().size() == 1;
        if (!vector || entries.size() != group.members().size()) {
            return Finding.no("shape", "a matrix is not a list of another size");
        }
        Finding finding = inOrder(group.members(), entries);
        boolean tuple = group.bracket() == Bracket.ROUND || group.bracket() == Bracket.ANGLE;
        return finding.isYes() && !tuple ? Finding.unknown("group", "a list against a vector") : finding;
    }

    /** Several values against one: equal only if there is no more than that one. */
    Finding compareSingle(Group group, Answer value) {
        if (group.bracket() == Bracket.NONE || group.bracket() == Bracket.BRACES) {
            boolean unknown = false;
            for (Answer member : group.members()) {
                Finding finding = answers.equal(member, value);
                if (finding.isNo()) {
                    return Finding.no("list", "several values are not one");
                }
                unknown |= !finding.isYes();
            }
            if (group.members().size() == 1 && !unknown) {
                return Finding.yes("list", "a set of one value");
            }
            return Finding.unknown("list", "a list against one value");
        }
        return Finding.no("shape", "a list of " + group.members().size() + " is not a number or formula");
    }
}
