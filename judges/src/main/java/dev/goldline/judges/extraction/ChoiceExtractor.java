package dev.goldline.judges.extraction;

import dev.goldline.judges.extraction.Extraction.Rule;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the letter of a multiple-choice answer. */
public final class ChoiceExtractor {
    private static final Pattern STATEMENT =
            Pattern.compile("(?i:answer\\**\\s*(?:is)?\\s*:?\\s*\\**)\\s*\\(?([A-Z])\\)?(?![A-Za-z'])");
    private static final Pattern LETTER = Pattern.compile("(?<![A-Za-z'])\\(?([A-Z])\\)?(?![A-Za-z'])");
    private static final int SEARCHED = 6_000;

    private ChoiceExtractor() {}

    /**
     * The last letter that is said to be the answer; else the first letter that stands alone.
     *
     * @param letters the choices, capital
     */
    public static Optional<Extraction> extract(String text, Collection<String> letters) {
        int from = Math.max(0, text.length() - SEARCHED);
        Optional<Extraction> stated = Optional.empty();
        Matcher statement = STATEMENT.matcher(text).region(from, text.length());
        while (statement.find()) {
            if (letters.contains(statement.group(1))) {
                stated = Optional.of(found(statement, Rule.STATEMENT));
            }
        }
        if (stated.isPresent()) {
            return stated;
        }
        Matcher letter = LETTER.matcher(text).region(from, text.length());
        while (letter.find()) {
            if (letters.contains(letter.group(1))) {
                return Optional.of(found(letter, Rule.WHOLE));
            }
        }
        return Optional.empty();
    }

    private static Extraction found(Matcher matcher, Rule rule) {
        return new Extraction(matcher.group(1), matcher.start(1), matcher.end(1), rule);
    }
}
