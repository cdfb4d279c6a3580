package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.Usage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The counts of a reply, under the names servers use. Cached tokens are {@code prompt_tokens_details.cached_tokens}
 * (OpenAI, vLLM, SGLang) or {@code prompt_cache_hit_tokens} (DeepSeek); both are part of {@code prompt_tokens}. Reasoning
 * tokens are {@code completion_tokens_details.reasoning_tokens} or {@code reasoning_tokens}; both are part of {@code
 * completion_tokens}.
 */
final class UsageFields {
    private UsageFields() {}

    /**
     * The counts; null if it holds none.
     *
     * @throws IllegalArgumentException if they contradict each other
     */
    static @Nullable Usage read(JsonNode usage) {
        OptionalLong prompt = count(usage.get("prompt_tokens"));
        OptionalLong output = count(usage.get("completion_tokens"));
        if (prompt.isEmpty() || output.isEmpty()) {
            return null;
        }
        return new Usage(
                prompt.getAsLong(),
                first(
                        count(usage.path("prompt_tokens_details").get("cached_tokens")),
                        count(usage.get("prompt_cache_hit_tokens"))),
                output.getAsLong(),
                first(
                        count(usage.path("completion_tokens_details").get("reasoning_tokens")),
                        count(usage.get("reasoning_tokens"))));
    }

    private static OptionalLong first(OptionalLong one, OptionalLong other) {
        return one.isPresent() ? one : other;
    }

    private static OptionalLong count(@Nullable JsonNode node) {
        return node != null && node.isIntegralNumber() && node.canConvertToLong()
                ? OptionalLong.of(node.longValue())
                : OptionalLong.empty();
    }
}
