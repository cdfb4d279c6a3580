package dev.goldline.modelruntime.profile;

import dev.goldline.modelruntime.chat.Mode;
import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * An OpenAI-compatible endpoint.
 *
 * @param endpoint what {@code /chat/completions} or {@code /completions} is appended to, such as {@code
 *     http://localhost:8000/v1}
 * @param api which of the two is asked
 * @param servedModel the name the endpoint knows the model by; empty: the only one it serves
 * @param keyVariable the environment variable that holds the key; empty: no key is sent. The key itself is never part of
 *     a profile
 * @param thought where the thought is in what the endpoint sends
 * @param usageOnRequest whether the request asks for token counts ({@code stream_options.include_usage}), which some
 *     servers refuse
 * @param limits how long it may keep us waiting
 * @param extraBody for a mode, a JSON object whose members are added to every request, replacing ours of the same name
 */
public record EndpointSource(
        URI endpoint,
        Api api,
        Optional<String> servedModel,
        Optional<String> keyVariable,
        Thought thought,
        boolean usageOnRequest,
        StreamLimits limits,
        Map<Mode, String> extraBody)
        implements ModelSource {
    /** What is asked. */
    public enum Api {
        /** {@code /chat/completions}: the endpoint lays the conversation out. */
        CHAT,
        /**
         * {@code /completions}: we lay it out, as the V3.2 family is. Thoughts can then be closed at a budget, and answers
         * be gone on from.
         */
        COMPLETIONS
    }

    /** How an endpoint marks the thought where it does not send it apart as {@code reasoning_content}. */
    public enum Thought {
        /** Content that begins with {@code <think>} is thought up to {@code </think>}. */
        TAGGED,
        /** In modes that think, content begins inside the thought, which ends at {@code </think>}. */
        OPEN
    }

    public EndpointSource {
        String scheme = endpoint.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "endpoint is '" + endpoint + "'; expected a URL such as http://localhost:8000/v1");
        }
        if (endpoint.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "endpoint holds a user or password; put the key into an environment variable and name it as"
                            + " key-variable");
        }
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("endpoint is '" + endpoint + "'; it ends with its path");
        }
        extraBody = Collections.unmodifiableMap(extraBody.isEmpty() ? Map.of() : new EnumMap<>(extraBody));
    }

    /** The same endpoint elsewhere. */
    public EndpointSource at(URI elsewhere, Optional<String> model) {
        return new EndpointSource(
                elsewhere, api, model.or(() -> servedModel), keyVariable, thought, usageOnRequest, limits, extraBody);
    }
}
