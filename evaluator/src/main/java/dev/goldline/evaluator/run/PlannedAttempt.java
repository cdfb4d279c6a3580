package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.Sampling;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.RunSnapshot.ModeSettings;

/**
 * One attempt to make.
 *
 * @param seed of its random stream
 */
record PlannedAttempt(AttemptKey key, Problem problem, ModeSettings settings, PromptTemplate prompt, long seed) {
    ChatRequest request() {
        return new ChatRequest(
                prompt.messages(problem),
                Mode.ofLabel(settings.mode().label()),
                new Sampling(settings.temperature(), settings.topP(), settings.topK(), seed),
                settings.maxOutputTokens(),
                settings.thinkingBudget());
    }
}
