package dev.goldline.judges.verdict;

/**
 * What a judge says of one answer.
 *
 * @param outcome the class of the verdict
 * @param points points given, 0 to {@code outOf}; 0 unless correct or partial
 * @param outOf the most points there were, above 0
 * @param code a short machine code in the field's terms, such as {@code AC}, {@code WA}, {@code no-answer}
 * @param answer the answer that was judged, as extracted; empty if none was found
 * @param reason the witness or reason, for a person
 */
public record Verdict(Outcome outcome, double points, double outOf, String code, String answer, String reason) {
    public Verdict {
        if (!(outOf > 0) || !(points >= 0 && points <= outOf)) {
            throw new IllegalArgumentException("points " + points + " out of " + outOf);
        }
        boolean consistent = switch (outcome) {
            case CORRECT -> points == outOf;
            case PARTIAL -> points > 0 && points < outOf;
            case WRONG, UNKNOWN, UNSCORED -> points == 0;
        };
        if (!consistent) {
            throw new IllegalArgumentException("a verdict '" + outcome.label() + "' with " + points + " of " + outOf);
        }
    }

    public static Verdict correct(double outOf, String code, String answer, String reason) {
        return new Verdict(Outcome.CORRECT, outOf, outOf, code, answer, reason);
    }

    public static Verdict wrong(double outOf, String code, String answer, String reason) {
        return new Verdict(Outcome.WRONG, 0, outOf, code, answer, reason);
    }

    public static Verdict unknown(double outOf, String code, String answer, String reason) {
        return new Verdict(Outcome.UNKNOWN, 0, outOf, code, answer, reason);
    }

    public static Verdict unscored(double outOf, String code, String reason) {
        return new Verdict(Outcome.UNSCORED, 0, outOf, code, "", reason);
    }
}
