package dev.goldline.evaluator.audit;

import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param attempts lines of the log that were read
 * @param outcomes attempts that count, by outcome
 * @param stopReasons attempts that count, by stop reason
 * @param outputTokens of the attempts that count, as far as known
 * @param reasoningTokens likewise; part of the output
 * @param lostTokens output tokens of tries that broke and of attempts that were made again
 * @param missing attempts of the plan that are not in the log and that nothing excuses
 * @param checked what was checked
 * @param unchecked what could not be, and why
 * @param differences how many were found
 * @param first the first of them, at most {@value #SHOWN}
 */
record AuditResult(
        long attempts,
        Map<String, Long> outcomes,
        Map<String, Long> stopReasons,
        long outputTokens,
        long reasoningTokens,
        long lostTokens,
        long missing,
        List<String> checked,
        List<String> unchecked,
        long differences,
        List<Finding> first) {
    static final int SHOWN = 10;
}
