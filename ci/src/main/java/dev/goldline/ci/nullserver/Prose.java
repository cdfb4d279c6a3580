package dev.goldline.ci.nullserver;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of answers. A thought is words in an order that follows from the prompt and does not repeat; an answer is the
 * first whole number of the prompt, boxed.
 */
public final class Prose {
    /** Tokens of an answer after its thought. */
    public static final int ANSWER_TOKENS = 3;

    static final String THOUGHT_END = "</think>";
    private static final Pattern INTEGER = Pattern.compile("\\d{1,9}");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String[] WORDS = (" so| the| sum| of| both| sides| is| even| then| we| try| again| with| n| =|"
                    + " k| +| 1| which| gives| a| square| hence| mod| 4| but| wait| that| case| fails| when| x| <| 0|"
                    + " therefore| check| small| values| first| two| primes| divide| it| no| other| root| lies| here|"
                    + " bound| from| above| by| induction| on| m| let| p| be| odd| ≤| π| α|.\n| done")
            .split("\\|");
    private static final String LOOP = " Wait, let me check this again.";

    private final byte[][] encodedWords = new byte[WORDS.length][];
    private final byte[] encodedLoop = encode(LOOP);
    private final byte[] encodedThoughtEnd = encode(THOUGHT_END);

    Prose() {
        for (int i = 0; i < WORDS.length; i++) {
            encodedWords[i] = encode(WORDS[i]);
        }
    }

    /** The answer to a prompt: its first whole number of at most nine digits; 0 if it has none. */
    public static long answerTo(String prompt) {
        Matcher integer = INTEGER.matcher(prompt);
        return integer.find() ? Long.parseLong(integer.group()) : 0;
    }

    /** The thought of so many tokens about a prompt. */
    public static String thoughtAbout(String prompt, int tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            text.append(word(key(prompt), i));
        }
        return text.toString();
    }

    /** What the words about a prompt follow from. */
    public static long key(String prompt) {
        return prompt.hashCode() * 0x9E3779B97F4A7C15L;
    }

    /** A token of a thought. */
    public static String word(long key, int index) {
        return WORDS[wordIndex(key, index)];
    }

    static String answerToken(long answer, int index) {
        return switch (index) {
            case 0 -> "The answer is \\boxed{";
            case 1 -> Long.toString(answer);
            default -> "}.";
        };
    }

    byte[] encodedWord(long key, int index) {
        return encodedWords[wordIndex(key, index)];
    }

    byte[] encodedLoop() {
        return encodedLoop;
    }

    byte[] encodedThoughtEnd() {
        return encodedThoughtEnd;
    }

    /** A text as it stands between the quotes of a JSON string. */
    static byte[] encode(String text) {
        String quoted = JSON.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    /** A few rounds of mixing, after SplitMix64. */
    private static int wordIndex(long key, int index) {
        long z = key + index * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (int) Long.remainderUnsigned(z ^ (z >>> 31), WORDS.length);
    }
}
