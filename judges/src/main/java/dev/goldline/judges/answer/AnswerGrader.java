package dev.goldline.judges.answer;

import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.contract.AnswerContract.Shape;
import dev.goldline.judges.equality.AnswerComparison;
import dev.goldline.judges.equality.Finding;
import dev.goldline.judges.equality.Finding.Equality;
import dev.goldline.judges.extraction.AnswerExtractor;
import dev.goldline.judges.extraction.Extraction;
import dev.goldline.judges.extraction.ExtractionPolicy;
import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.AnswerReader;
import dev.goldline.judges.notation.AnswerReader.OtherReading;
import dev.goldline.judges.notation.AnswerReader.Reading;
import dev.goldline.judges.notation.Excerpt;
import dev.goldline.judges.notation.Expression.Literal;
import dev.goldline.judges.notation.UnreadableException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Grades answers against gold answers. Immutable; any number of threads may use one. Never throws for any text. */
public final class AnswerGrader {
    private static final Set<Shape> LISTS = EnumSet.of(Shape.LIST, Shape.ORDERED_LIST, Shape.TUPLE);
    private static final int SHOWN = 60;

    private final ExtractionPolicy goldPolicy;
    private final ExtractionPolicy answerPolicy;

    /**
     * A grader of whole texts.
     *
     * @param goldPolicy how the gold answer is found in its text
     * @param answerPolicy how the answer is found in its text
     */
    public AnswerGrader(ExtractionPolicy goldPolicy, ExtractionPolicy answerPolicy) {
        this.goldPolicy = goldPolicy;
        this.answerPolicy = answerPolicy;
    }

    /** Finds both answers and compares them. */
    public Grade grade(String gold, String answer, AnswerContract contract) {
        Optional<Extraction> wanted = find(gold, goldPolicy);
        if (wanted.isEmpty()) {
            return grade(Equality.UNKNOWN, "no-gold", "no answer in the gold text", wanted, Optional.empty());
        }
        Optional<Extraction> given = find(answer, answerPolicy);
        if (given.isEmpty() || given.get().content().isBlank()) {
            return grade(Equality.NO, "no-answer", "no answer in the text", wanted, given);
        }
        return compare(wanted, given, contract);
    }

    /** What the policy finds; else a text of one line as a whole, for the reader to say what is wrong with it. */
    private static Optional<Extraction> find(String text, ExtractionPolicy policy) {
        Optional<Extraction> found = AnswerExtractor.extract(text, policy);
        boolean line = policy.whole()
                && !policy.guesses()
                && text.length() <= AnswerReader.LONGEST
                && !text.isBlank()
                && text.strip().indexOf('\n') < 0;
        return found.isEmpty() && line
                ? Optional.of(new Extraction(text, 0, text.length(), Extraction.Rule.WHOLE))
                : found;
    }

    /** Compares two answers that have been found. */
    private static Grade compare(Optional<Extraction> gold, Optional<Extraction> answer, AnswerContract contract) {
        if (gold.orElseThrow()
                        .content()
                        .strip()
                        .equals(answer.orElseThrow().content().strip())
                && !isReadable(gold.orElseThrow().content())) {
            return new Grade(new Finding(Equality.YES, "identical text", "not read"), "equal", gold, answer);
        }
        Reading wanted;
        try {
            wanted = AnswerReader.read(gold.orElseThrow().content());
        } catch (UnreadableException e) {
            return grade(Equality.UNKNOWN, "bad-gold", "gold: " + e.reason(), gold, answer);
        }
        Reading given;
        try {
            given = AnswerReader.read(answer.orElseThrow().content());
        } catch (UnreadableException e) {
            return grade(Equality.UNKNOWN, e.isTooLong() ? "too-long" : "unread", e.reason(), gold, answer);
        }
        Optional<String> violation = ContractCheck.violation(given.answer(), contract);
        if (violation.isPresent()) {
            return grade(Equality.NO, "contract", violation.get(), gold, answer);
        }
        Finding finding = compare(wanted, given, contract);
        String code = switch (finding.equality()) {
            case YES -> "equal";
            case NO -> "not-equal";
            case UNKNOWN -> "undecided";
        };
        return new Grade(finding, code, gold, answer);
    }

    private static boolean isReadable(String text) {
        try {
            AnswerReader.read(text);
            return true;
        } catch (UnreadableException e) {
            return false;
        }
    }

    /** Compares every reading of one side with those of the other, as far as a comma leaves a choice. */
    static Finding compare(Reading gold, Reading answer, AnswerContract contract) {
        boolean lists = LISTS.contains(contract.shape());
        Answer a = lists && gold.kind() == OtherReading.LIST ? gold.other() : gold.answer();
        Answer b = lists && answer.kind() == OtherReading.LIST ? answer.other() : answer.answer();
        Finding first = AnswerComparison.compare(a, b, contract);
        if (first.isYes() || lists) {
            return first;
        }
        if (gold.kind() == OtherReading.LIST || answer.kind() == OtherReading.LIST) {
            Finding listed = AnswerComparison.compare(
                    gold.kind() == OtherReading.LIST ? gold.other() : a,
                    answer.kind() == OtherReading.LIST ? answer.other() : b,
                    contract);
            return listed.isYes() ? unknownComma() : first;
        }
        if (gold.kind() == OtherReading.DECIMAL_COMMA || answer.kind() == OtherReading.DECIMAL_COMMA) {
            Answer c = gold.kind() == OtherReading.DECIMAL_COMMA ? gold.other() : a;
            Answer d = answer.kind() == OtherReading.DECIMAL_COMMA ? answer.other() : b;
            boolean decimals = isDecimal(c) && isDecimal(d);
            Finding decimal = AnswerComparison.compare(c, d, contract);
            if (decimal.isYes()) {
                return decimals
                        ? new Finding(Equality.YES, "decimal comma, " + decimal.method(), decimal.why())
                        : unknownComma();
            }
        }
        return first;
    }

    private static boolean isDecimal(Answer answer) {
        return answer instanceof Literal literal && literal.decimals() > 0;
    }

    private static Finding unknownComma() {
        return new Finding(Equality.UNKNOWN, "comma", "equal or not, as the comma is taken");
    }

    private static Grade grade(
            Equality equality, String code, String why, Optional<Extraction> gold, Optional<Extraction> answer) {
        return new Grade(new Finding(equality, code, Excerpt.of(why, 4 * SHOWN)), code, gold, answer);
    }
}
