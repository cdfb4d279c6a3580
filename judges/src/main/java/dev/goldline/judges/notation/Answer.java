package dev.goldline.judges.notation;

import java.util.List;

/** What an answer says, as it was written: no value is computed. */
public sealed interface Answer
        permits Expression,
                Answer.Group,
                Answer.Interval,
                Answer.Combined,
                Answer.Matrix,
                Answer.Relation,
                Answer.Measured,
                Answer.Ratio,
                Answer.BaseNumber,
                Answer.NumberSet,
                Answer.Text,
                Answer.Qualified {

    /** How the members of a group are held together. */
    enum Bracket {
        /** Nothing but commas, semicolons, "and", "or": {@code 1, 2 or 3}. */
        NONE,
        /** {@code (a, b)}: a tuple, a point, or an open interval. */
        ROUND,
        /** {@code [a, b]}: a list or a closed interval. */
        SQUARE,
        /** {@code \{a, b\}}: a set. */
        BRACES,
        /** {@code \langle a, b \rangle}: a vector. */
        ANGLE
    }

    /** Several answers together. */
    record Group(Bracket bracket, List<Answer> members) implements Answer {
        public Group {
            members = List.copyOf(members);
        }
    }

    /** A real interval that cannot be anything else: a bracket of each kind, or an infinite end. */
    record Interval(Expression low, Expression high, boolean lowClosed, boolean highClosed) implements Answer {}

    /** How sets are combined. */
    enum SetOperation {
        UNION,
        INTERSECTION,
        DIFFERENCE
    }

    /** Sets combined from left to right by one operation. */
    record Combined(SetOperation operation, List<Answer> sets) implements Answer {
        public Combined {
            sets = List.copyOf(sets);
        }
    }

    /** A matrix, or a column or row vector; every row has as many entries as the first. */
    record Matrix(List<List<Expression>> rows) implements Answer {
        public Matrix {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** What stands between two sides. */
    enum Relator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        APPROXIMATELY,
        EQUIVALENT,
        MEMBER,
        SUBSET;

        /** The relator that says the same with the sides swapped. */
        public Relator mirrored() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                case EQUAL, NOT_EQUAL, APPROXIMATELY, EQUIVALENT, MEMBER, SUBSET -> this;
            };
        }
    }

    /** A chain such as {@code 1 <= x < 3}: one relator fewer than sides. */
    record Relation(List<Answer> sides, List<Relator> relators) implements Answer {
        public Relation {
            sides = List.copyOf(sides);
            relators = List.copyOf(relators);
        }
    }

    /** A quantity with a unit, a currency, {@code %} or {@code degree}. */
    record Measured(Answer amount, String unit) implements Answer {
        public static final String PERCENT = "%";
        public static final String DEGREE = "degree";
    }

    /** {@code a : b}, also of more than two. */
    record Ratio(List<Expression> terms) implements Answer {
        public Ratio {
            terms = List.copyOf(terms);
        }
    }

    /** Digits with a base, such as {@code 204_5}. */
    record BaseNumber(String digits, int base) implements Answer {}

    /** A set with a name: {@code \mathbb{R}}, {@code \emptyset}. */
    record NumberSet(String name) implements Answer {}

    /** Words. */
    record Text(String words) implements Answer {}

    /** An answer with what it holds for: {@code f(x) = cx} for all real {@code c}. */
    record Qualified(Answer main, List<Answer> conditions) implements Answer {
        public Qualified {
            conditions = List.copyOf(conditions);
        }
    }
}
