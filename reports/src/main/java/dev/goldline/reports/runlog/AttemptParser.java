package dev.goldline.reports.runlog;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads an attempt token by token, a method an object of the schema. Data binding calls constructors by reflection,
 * which took most of the time of reading a log. Every name must be there and no other.
 *
 * <p>All methods throw {@link IllegalArgumentException} for what is not of this schema; its message reads after "is no
 * attempt of schema version 2: ".
 */
final class AttemptParser {
    private final JsonParser json;

    AttemptParser(JsonParser json) {
        this.json = json;
    }

    /** The whole attempt, and nothing after it. */
    AttemptRecord attempt() {
        Parts parts = new Parts();
        json.nextToken();
        object(name -> part(parts, name));
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("something follows the attempt");
        }
        return parts.attempt();
    }

    /** No more than the key and the verdict, which come first. */
    LineCodec.Head head() {
        Parts parts = new Parts();
        json.nextToken();
        expect(JsonToken.START_OBJECT, "the attempt");
        while ((parts.key == null || parts.verdict == null) && json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("key") || name.equals("verdict")) {
                part(parts, name);
            } else {
                json.skipChildren();
            }
        }
        return new LineCodec.Head(
                required(parts.key, "key"), required(parts.verdict, "verdict").outcome());
    }

    /** What has been read so far; null is not read yet. */
    private static final class Parts {
        private @Nullable AttemptKey key;
        private @Nullable VerdictRecord verdict;
        private @Nullable String family;
        private @Nullable Map<String, String> tags;
        private @Nullable Long seed;
        private @Nullable StopReason stopReason;
        private @Nullable String stopDetail;
        private @Nullable List<PromptTurn> prompt;
        private @Nullable Optional<TokenUsage> reported;
        private @Nullable Optional<TokenUsage> counted;
        private @Nullable Optional<ThoughtClosed> thoughtClosed;
        private @Nullable TokenText reasoning;
        private @Nullable TokenText content;
        private @Nullable Instant startedAt;
        private @Nullable Duration duration;
        private @Nullable Optional<String> error;
        /** Version 1 had no such name. */
        private List<LostWork> lost = List.of();

        AttemptRecord attempt() {
            return new AttemptRecord(
                    required(key, "key"),
                    required(verdict, "verdict"),
                    required(family, "family"),
                    required(tags, "tags"),
                    required(seed, "seed"),
                    required(stopReason, "stopReason"),
                    required(stopDetail, "stopDetail"),
                    required(prompt, "prompt"),
                    required(reported, "reported"),
                    required(counted, "counted"),
                    required(thoughtClosed, "thoughtClosed"),
                    required(reasoning, "reasoning"),
                    required(content, "content"),
                    required(startedAt, "startedAt"),
                    required(duration, "duration"),
                    required(error, "error"),
                    lost);
        }
    }

    private void part(Parts parts, String name) {
        switch (name) {
            case "key" -> parts.key = key();
            case "verdict" -> parts.verdict = verdict();
            case "family" -> parts.family = text(name);
            case "tags" -> parts.tags = tags();
            case "seed" -> parts.seed = whole(name);
            case "stopReason" -> parts.stopReason = StopReason.ofLabel(text(name));
            case "stopDetail" -> parts.stopDetail = text(name);
            case "prompt" -> parts.prompt = prompt();
            case "reported" -> parts.reported = optional(this::usage);
            case "counted" -> parts.counted = optional(this::usage);
            case "thoughtClosed" -> parts.thoughtClosed = optional(this::thoughtClosed);
            case "reasoning" -> parts.reasoning = tokenText();
            case "content" -> parts.content = tokenText();
            case "startedAt" -> parts.startedAt = time(name, Instant::parse);
            case "duration" -> parts.duration = time(name, Duration::parse);
            case "error" -> parts.error = optional(() -> text(name));
            case "lost" -> parts.lost = lost();
            default -> throw unknown(name);
        }
    }

    private AttemptKey key() {
        Texts texts = new Texts();
        Long[] index = new Long[1];
        object(name -> {
            switch (name) {
                case "set", "problem", "model", "mode" -> texts.put(name, text(name));
                case "index" -> index[0] = whole(name);
                default -> throw unknown(name);
            }
        });
        return new AttemptKey(
                texts.get("set"),
                texts.get("problem"),
                texts.get("model"),
                Mode.ofLabel(texts.get("mode")),
                toInt(required(index[0], "index"), "index"));
    }

    private VerdictRecord verdict() {
        Texts texts = new Texts();
        double[] points = {Double.NaN, Double.NaN};
        object(name -> {
            switch (name) {
                case "outcome", "code", "answer", "reason" -> texts.put(name, text(name));
                case "points" -> points[0] = number(name);
                case "outOf" -> points[1] = number(name);
                default -> throw unknown(name);
            }
        });
        return new VerdictRecord(
                Outcome.ofLabel(texts.get("outcome")),
                points[0],
                points[1],
                texts.get("code"),
                texts.get("answer"),
                texts.get("reason"));
    }

    private TokenUsage usage() {
        long[] output = {-1};
        OptionalLong[] parts = new OptionalLong[3];
        object(name -> {
            switch (name) {
                case "prompt" -> parts[0] = optionalWhole(name);
                case "output" -> output[0] = whole(name);
                case "cached" -> parts[1] = optionalWhole(name);
                case "reasoning" -> parts[2] = optionalWhole(name);
                default -> throw unknown(name);
            }
        });
        return new TokenUsage(
                required(parts[0], "prompt"), required(parts[1], "cached"), output[0], required(parts[2], "reasoning"));
    }

    private List<LostWork> lost() {
        expect(JsonToken.START_ARRAY, "lost");
        List<LostWork> lost = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Texts texts = new Texts();
            long[] amounts = {-1, -1};
            OptionalLong[] parts = new OptionalLong[2];
            object(name -> {
                switch (name) {
                    case "cause" -> texts.put(name, text(name));
                    case "tries" -> amounts[0] = whole(name);
                    case "output" -> amounts[1] = whole(name);
                    case "prompt" -> parts[0] = optionalWhole(name);
                    case "reasoning" -> parts[1] = optionalWhole(name);
                    default -> throw unknown(name);
                }
            });
            lost.add(new LostWork(
                    texts.get("cause"),
                    toInt(amounts[0], "tries"),
                    required(parts[0], "prompt"),
                    amounts[1],
                    required(parts[1], "reasoning")));
        }
        return lost;
    }

    private ThoughtClosed thoughtClosed() {
        long[] offset = {-1};
        Boolean[] forced = new Boolean[1];
        object(name -> {
            switch (name) {
                case "offset" -> offset[0] = whole(name);
                case "forced" -> forced[0] = truth(name);
                default -> throw unknown(name);
            }
        });
        return new ThoughtClosed(offset[0], required(forced[0], "forced"));
    }

    private TokenText tokenText() {
        Texts texts = new Texts();
        int[][] pieces = new int[1][];
        object(name -> {
            switch (name) {
                case "text" -> texts.put(name, text(name));
                case "pieces" -> pieces[0] = pieces();
                default -> throw unknown(name);
            }
        });
        return TokenText.parsed(texts.get("text"), required(pieces[0], "pieces"));
    }

    private int[] pieces() {
        expect(JsonToken.START_ARRAY, "pieces");
        int[] numbers = new int[32];
        int size = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            expect(JsonToken.VALUE_NUMBER_INT, "pieces");
            numbers[size++] = json.getIntValue();
        }
        return Arrays.copyOf(numbers, size);
    }

    private List<PromptTurn> prompt() {
        expect(JsonToken.START_ARRAY, "prompt");
        List<PromptTurn> turns = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Texts texts = new Texts();
            object(name -> {
                switch (name) {
                    case "role", "text" -> texts.put(name, text(name));
                    default -> throw unknown(name);
                }
            });
            turns.add(new PromptTurn(texts.get("role"), texts.get("text")));
        }
        return turns;
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        object(name -> tags.put(name, text(name)));
        return tags;
    }

    /** Texts of an object by name, few enough to look through. */
    private static final class Texts {
        private final Map<String, String> byName = new LinkedHashMap<>();

        void put(String name, String text) {
            byName.put(name, text);
        }

        String get(String name) {
            return required(byName.get(name), name);
        }
    }

    private interface Property {
        /** Reads the value of a property; the parser is at its first token. */
        void read(String name);
    }

    private void object(Property property) {
        expect(JsonToken.START_OBJECT, "an object");
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            property.read(name);
        }
    }

    private <T> Optional<T> optional(Supplier<T> value) {
        return json.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(value.get());
    }

    private OptionalLong optionalWhole(String name) {
        return json.currentToken() == JsonToken.VALUE_NULL ? OptionalLong.empty() : OptionalLong.of(whole(name));
    }

    private String text(String name) {
        expect(JsonToken.VALUE_STRING, name);
        return json.getString();
    }

    private long whole(String name) {
        expect(JsonToken.VALUE_NUMBER_INT, name);
        return json.getLongValue();
    }

    private double number(String name) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            expect(JsonToken.VALUE_NUMBER_INT, name);
        }
        return json.getDoubleValue();
    }

    private boolean truth(String name) {
        if (json.currentToken() != JsonToken.VALUE_TRUE) {
            expect(JsonToken.VALUE_FALSE, name);
        }
        return json.getBooleanValue();
    }

    private interface TimeReader<T> {
        T read(CharSequence text);
    }

    private <T> T time(String name, TimeReader<T> reader) {
        String text = text(name);
        try {
            return reader.read(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " '" + text + "' is no ISO 8601 time", e);
        }
    }

    private void expect(JsonToken token, String name) {
        if (json.currentToken() != token) {
            throw new IllegalArgumentException(name + " is " + json.currentToken() + ", must be " + token);
        }
    }

    private static int toInt(long value, String name) {
        if (value != (int) value) {
            throw new IllegalArgumentException(name + " " + value + " is too large");
        }
        return (int) value;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("it has an unknown name '" + name + "'");
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return value;
    }
}
