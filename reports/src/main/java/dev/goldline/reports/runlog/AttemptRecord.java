package dev.goldline.reports.runlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One finished attempt: a line of {@code attempts.jsonl}.
 *
 * @param family the problem's family; empty if its set has none
 * @param tags further facts of the problem, such as {@code level}; in order
 * @param seed the seed of this one answer
 * @param stopDetail what a person should read beside the stop reason; may be empty
 * @param prompt what the model was asked, oldest turn first; may be left empty where the set and the prompt hash say it
 * @param reported tokens as the model's side counted them
 * @param counted tokens as we counted them
 * @param thoughtClosed the end of the thought; empty if there was no thought or it never ended
 * @param reasoning the thought
 * @param content the answer, without the thought
 * @param duration from asking to the last event
 * @param error what failed on our side, if something did
 * @param lost what earlier tries of this attempt cost, a cause each; empty if the first try was the one
 */
public record AttemptRecord(
        AttemptKey key,
        VerdictRecord verdict,
        String family,
        Map<String, String> tags,
        long seed,
        StopReason stopReason,
        String stopDetail,
        List<PromptTurn> prompt,
        Optional<TokenUsage> reported,
        Optional<TokenUsage> counted,
        Optional<ThoughtClosed> thoughtClosed,
        TokenText reasoning,
        TokenText content,
        Instant startedAt,
        Duration duration,
        Optional<String> error,
        List<LostWork> lost) {
    public AttemptRecord {
        tags = Labels.facts(tags);
        prompt = List.copyOf(prompt);
        lost = List.copyOf(lost);
        if (stopReason.ofOurMaking() && verdict.outcome() != Outcome.UNSCORED) {
            throw new IllegalArgumentException("attempt " + key + " stopped by '" + stopReason.label() + "' is judged '"
                    + verdict.outcome().label() + "'; what our side broke can only be 'unscored'");
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException("attempt " + key + " lasted " + duration);
        }
    }

    /** An attempt whose first try was the one. */
    public AttemptRecord(
            AttemptKey key,
            VerdictRecord verdict,
            String family,
            Map<String, String> tags,
            long seed,
            StopReason stopReason,
            String stopDetail,
            List<PromptTurn> prompt,
            Optional<TokenUsage> reported,
            Optional<TokenUsage> counted,
            Optional<ThoughtClosed> thoughtClosed,
            TokenText reasoning,
            TokenText content,
            Instant startedAt,
            Duration duration,
            Optional<String> error) {
        this(
                key,
                verdict,
                family,
                tags,
                seed,
                stopReason,
                stopDetail,
                prompt,
                reported,
                counted,
                thoughtClosed,
                reasoning,
                content,
                startedAt,
                duration,
                error,
                List.of());
    }

    /** The usage that figures use: as reported, else as counted; empty if nobody knows. */
    public Optional<TokenUsage> usage() {
        return reported.or(() -> counted);
    }

    /** Output tokens, reasoning included. */
    public OptionalLong outputTokens() {
        return usage().map(usage -> OptionalLong.of(usage.output())).orElse(OptionalLong.empty());
    }

    /** Tokens of thought: as reported, else as counted; empty if nobody knows. */
    public OptionalLong reasoningTokens() {
        OptionalLong known = reported.map(TokenUsage::reasoning).orElse(OptionalLong.empty());
        return known.isPresent() ? known : counted.map(TokenUsage::reasoning).orElse(OptionalLong.empty());
    }

    /** Output tokens of tries that broke: paid, and no part of {@link #outputTokens}. */
    public long lostOutputTokens() {
        return lost.stream().mapToLong(LostWork::output).sum();
    }

    /** Whether it counts as solved: judged correct, and not cut off by a limit. */
    public boolean solved() {
        return verdict.outcome() == Outcome.CORRECT && !stopReason.truncated();
    }
}
