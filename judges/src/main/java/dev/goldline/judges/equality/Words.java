package dev.goldline.judges.equality;

import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.Expression;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Answers in words: names, choices, yes and no. */
final class Words {
    /** Words of which each means something other than the rest. */
    private static final List<Set<String>> OPPOSITES = List.of(
            Set.of("yes", "no"),
            Set.of("true", "false"),
            Set.of("odd", "even"),
            Set.of("even", "odd"),
            Set.of("convergent", "divergent"),
            Set.of("converges", "diverges"));

    private Words() {}

    /** The words of an answer: of text, and of letters read as a product of variables. */
    static Optional<String> of(Answer answer) {
        return switch (answer) {
            case Answer.Text(String words) -> Optional.of(plain(words));
            case Expression.Name(String name) -> Optional.of(name);
            case Expression.Constant constant ->
                switch (constant) {
                    case E -> Optional.of("e");
                    case I -> Optional.of("i");
                    case PI, INFINITY -> Optional.empty();
                };
            case Expression.Product(List<Expression> factors) -> {
                StringBuilder letters = new StringBuilder();
                for (Expression factor : factors) {
                    Optional<String> letter = factor instanceof Expression.Product ? Optional.empty() : of(factor);
                    if (letter.isEmpty()) {
                        yield Optional.empty();
                    }
                    letters.append(letter.get());
                }
                yield Optional.of(letters.toString());
            }
            default -> Optional.empty();
        };
    }

    /** Without the brackets of a choice, the full stop of a sentence, or doubled spaces. */
    private static String plain(String words) {
        String plain = words.strip().replaceAll("\\s+", " ");
        if (plain.endsWith(".")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain.matches("\\([A-Za-z]\\)") ? plain.substring(1, 2) : plain;
    }

    static Finding compare(String a, String b) {
        if (a.equals(b)) {
            return Finding.yes("text", "the same words");
        }
        if (a.length() == 1 && b.length() == 1) {
            return a.equalsIgnoreCase(b)
                    ? Finding.unknown("text", "the same letter, large and small")
                    : Finding.no("text", "different letters");
        }
        String lowerA = a.toLowerCase(Locale.ROOT);
        String lowerB = b.toLowerCase(Locale.ROOT);
        if (lowerA.equals(lowerB)) {
            return Finding.yes("text", "the same words but for capitals");
        }
        boolean opposite = OPPOSITES.stream().anyMatch(set -> set.contains(lowerA) && set.contains(lowerB));
        return opposite ? Finding.no("text", "opposite words") : Finding.unknown("text", "different words");
    }
}
