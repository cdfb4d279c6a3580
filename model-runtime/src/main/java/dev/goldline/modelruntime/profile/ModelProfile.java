package dev.goldline.modelruntime.profile;

import dev.goldline.modelruntime.chat.Mode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model: where it is and how it is asked. One that runs in process, or is asked by raw completions, is laid out as
 * {@link dev.goldline.modelruntime.encoding.V32Encoding} says.
 *
 * @param name what it is called in commands, logs and reports
 * @param source where it is
 * @param contextWindow most tokens of prompt and output together; empty: what the checkpoint or the endpoint allows
 * @param modes what it is asked with in each mode it has; at least one
 * @param prices empty: costs are not counted
 */
public record ModelProfile(
        String name,
        ModelSource source,
        OptionalInt contextWindow,
        Map<Mode, ModeProfile> modes,
        Optional<Prices> prices) {
    public ModelProfile {
        if (modes.isEmpty()) {
            throw new IllegalArgumentException("model '" + name + "' has no mode");
        }
        if (contextWindow.isPresent() && contextWindow.getAsInt() < 1) {
            throw new IllegalArgumentException("a context window has 1 token or more, not " + contextWindow.getAsInt());
        }
        ModeProfile speciale = modes.get(Mode.SPECIALE);
        if (speciale != null && speciale.tools()) {
            throw new IllegalArgumentException("mode speciale takes no tools");
        }
        if (source instanceof EndpointSource endpoint && endpoint.api() == EndpointSource.Api.CHAT) {
            modes.forEach((mode, asked) -> {
                if (!asked.systemPrefix().isEmpty()) {
                    throw new IllegalArgumentException("mode " + mode.label()
                            + " has a system-prefix, which only api: completions can send; use extra-body");
                }
            });
        }
        modes = Collections.unmodifiableMap(new EnumMap<>(modes));
    }

    /** A checkpoint nobody wrote a profile for: published sampling, with and without thinking. */
    public static ModelProfile ofFolder(String name, CheckpointSource.Folder folder) {
        ModeProfile published = ModeProfile.published(DEFAULT_MAX_OUTPUT_TOKENS);
        return new ModelProfile(
                name,
                folder,
                OptionalInt.empty(),
                Map.of(Mode.NON_THINKING, published, Mode.STANDARD, published),
                Optional.empty());
    }

    /** The default output limit of the family's published interface, reasoning included. */
    static final int DEFAULT_MAX_OUTPUT_TOKENS = 32_768;

    /**
     * What the model is asked with in a mode.
     *
     * @throws IllegalArgumentException if it lacks the mode; the message lists those it has
     */
    public ModeProfile mode(Mode mode) {
        ModeProfile profile = modes.get(mode);
        if (profile == null) {
            throw new IllegalArgumentException("model '" + name + "' has no mode " + mode.label() + "; it has "
                    + String.join(", ", modes.keySet().stream().map(Mode::label).toList()));
        }
        return profile;
    }

    /** The modes it has, in the order of {@link Mode}. */
    public Set<Mode> modeSet() {
        return modes.keySet();
    }
}
