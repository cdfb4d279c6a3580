package dev.goldline.reports.runlog;

/**
 * What the judge said.
 *
 * @param points points given, 0 to {@code outOf}; 0 unless correct or partial
 * @param outOf the most points there were, above 0
 * @param code a short machine code in the field's terms, such as {@code WA}
 * @param answer the answer that was judged, as extracted; empty if none was found
 * @param reason the witness or reason, for a person
 */
public record VerdictRecord(Outcome outcome, double points, double outOf, String code, String answer, String reason) {
    public VerdictRecord {
        if (!(outOf > 0) || Double.isInfinite(outOf) || !(points >= 0 && points <= outOf)) {
            throw new IllegalArgumentException("a verdict with " + points + " points of " + outOf);
        }
        boolean consistent = switch (outcome) {
            case CORRECT -> points == outOf;
            case PARTIAL -> points > 0 && points < outOf;
            case WRONG, UNKNOWN, UNSCORED -> points == 0;
        };
        if (!consistent) {
            throw new IllegalArgumentException(
                    "a verdict '" + outcome.label() + "' with " + points + " points of " + outOf);
        }
    }

    /** Points given as a share of the points there were, 0 to 1. */
    public double score() {
        return points / outOf;
    }
}
