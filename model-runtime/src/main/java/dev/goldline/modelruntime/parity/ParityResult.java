package dev.goldline.modelruntime.parity;

/**
 * How far an engine is from the reference.
 *
 * @param subject the engine
 * @param choicesForced whether logits were computed with the reference's selections and the experts of an fp32 pass: then
 *     the engine's own choices are only reported
 * @param positions positions whose logits were compared
 * @param maxLogitDelta greatest absolute difference of a logit
 * @param limit what {@code maxLogitDelta} may be
 * @param selections queries times layers whose key sets were compared
 * @param selectionsEqual of which the engine chose the same set of causal keys
 * @param firstSelectionDifference where and how the first other set differs; empty if none does
 * @param greedyTokens tokens decoded one by one after the first prompt
 * @param greedyEqual of which agree, up to the first that does not
 */
public record ParityResult(
        String subject,
        boolean choicesForced,
        int positions,
        double maxLogitDelta,
        double limit,
        int selections,
        int selectionsEqual,
        String firstSelectionDifference,
        int greedyTokens,
        int greedyEqual) {
    /** Whether everything required agrees: with forced choices only the logits are required. */
    public boolean withinLimits() {
        boolean logits = maxLogitDelta <= limit;
        return choicesForced ? logits : logits && selectionsEqual == selections && greedyEqual == greedyTokens;
    }
}
