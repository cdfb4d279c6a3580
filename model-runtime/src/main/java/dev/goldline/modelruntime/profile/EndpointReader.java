package dev.goldline.modelruntime.profile;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the keys of a profile that say which endpoint serves a model. */
final class EndpointReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private EndpointReader() {}

    static EndpointSource read(Section section) {
        URI endpoint = endpoint(section);
        EndpointSource.Api api = api(section);
        Optional<String> keyVariable = keyVariable(section);
        EndpointSource.Thought thought = thought(section);
        boolean usageOnRequest =
                switch (section.optionalText("usage-on-request").orElse("true")) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw section.bad("usage-on-request", "is neither true nor false");
                };
        StreamLimits limits = section.optionalSection("limits")
                .map(inner -> inner.checked(EndpointReader::limits))
                .orElse(StreamLimits.DEFAULT);
        Map<Mode, String> extraBody = section.optionalSection("extra-body")
                .map(EndpointReader::extraBody)
                .orElse(Map.of());
        return new EndpointSource(
                endpoint,
                api,
                section.optionalText("served-model"),
                keyVariable,
                thought,
                usageOnRequest,
                limits,
                extraBody);
    }

    private static URI endpoint(Section section) {
        try {
            return new URI(section.text("endpoint"));
        } catch (URISyntaxException e) {
            throw section.bad("endpoint", "is no URL; expected one such as http://localhost:8000/v1");
        }
    }

    private static EndpointSource.Api api(Section section) {
        return switch (section.optionalText("api").orElse("chat")) {
            case "chat" -> EndpointSource.Api.CHAT;
            case "completions" -> {
                String template = section.text("template");
                if (!template.equals("deepseek-v3.2")) {
                    throw section.bad("template", "is '" + template + "'; supported is deepseek-v3.2");
                }
                yield EndpointSource.Api.COMPLETIONS;
            }
            default -> throw section.bad("api", "is neither chat nor completions");
        };
    }

    /** The value is not repeated: somebody may have put the key itself there. */
    private static Optional<String> keyVariable(Section section) {
        Optional<String> variable = section.optionalText("key-variable");
        if (variable.isPresent() && !VARIABLE.matcher(variable.get()).matches()) {
            throw section.bad("key-variable", "is not the name of an environment variable, such as DEEPSEEK_API_KEY");
        }
        return variable;
    }

    private static EndpointSource.Thought thought(Section section) {
        return switch (section.optionalText("thought").orElse("tagged")) {
            case "tagged" -> EndpointSource.Thought.TAGGED;
            case "open" -> EndpointSource.Thought.OPEN;
            default -> throw section.bad("thought", "is neither tagged nor open");
        };
    }

    private static StreamLimits limits(Section section) {
        StreamLimits otherwise = StreamLimits.DEFAULT;
        StreamLimits limits = new StreamLimits(
                seconds(section, "connect-seconds", otherwise.connect()),
                seconds(section, "first-token-seconds", otherwise.firstToken()),
                seconds(section, "between-tokens-seconds", otherwise.betweenTokens()),
                section.optionalText("reply-seconds")
                        .map(any -> seconds(section, "reply-seconds", otherwise.connect())),
                section.count("loop-characters", otherwise.loopCharacters()));
        section.refuseOthers();
        return limits;
    }

    private static Duration seconds(Section section, String key, Duration otherwise) {
        double seconds = section.number(key, otherwise.toMillis() / 1000.0);
        if (!(seconds > 0 && seconds <= 1e7)) {
            throw section.bad(key, "is " + seconds + " but must be more than 0 and at most 10000000");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static Map<Mode, String> extraBody(Section section) {
        Map<Mode, String> bodies = new EnumMap<>(Mode.class);
        for (String label : section.keys()) {
            Mode mode = section.checked(any -> Mode.ofLabel(label));
            String text = section.text(label);
            try {
                if (!JSON.readTree(text).isObject()) {
                    throw section.bad(label, "is no JSON object, such as '{\"thinking\": {\"type\": \"enabled\"}}'");
                }
            } catch (JacksonException e) {
                throw section.bad(label, "is not valid JSON: " + e.getOriginalMessage());
            }
            bodies.put(mode, text);
        }
        return bodies;
    }
}
