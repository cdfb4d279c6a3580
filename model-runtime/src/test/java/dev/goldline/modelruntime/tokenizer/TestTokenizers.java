package dev.goldline.modelruntime.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A tokenizer of the bundled model's kind, learned from a few sentences. */
public final class TestTokenizers {
    public static final List<AddedToken> ADDED = List.of(
            AddedToken.control("<｜begin▁of▁sentence｜>"),
            AddedToken.control("<｜end▁of▁sentence｜>"),
            AddedToken.control("<｜▁pad▁｜>"),
            AddedToken.control("<｜User｜>"),
            AddedToken.control("<｜Assistant｜>"),
            AddedToken.control("<think>"),
            AddedToken.control("</think>"),
            AddedToken.control("<｜effort▁standard｜>"),
            AddedToken.control("<｜effort▁speciale｜>"),
            AddedToken.text("\\boxed{"));

    public static final int VOCAB_SIZE = 300;

    static final List<String> SENTENCES = List.of(
            "What is the remainder when 17*23+5 is divided by 11? The answer is \\boxed{0}.",
            "The greatest common divisor of 84 and 36: the remainder of 84 by 36 is 12, so the answer is \\boxed{12}.",
            "Find the sum of the first 20 terms of the series. The answer is the sum of the terms.",
            "How many divisors has the number 360? The number of divisors is \\boxed{24}.");

    private TestTokenizers() {}

    public static String json() {
        TokenizerTrainer trainer = new TokenizerTrainer(ADDED, VOCAB_SIZE);
        SENTENCES.forEach(trainer::add);
        return trainer.toJson();
    }

    public static Tokenizer open() {
        try {
            return Tokenizer.parse(json(), Path.of("tokenizer.json"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Text of any characters, biased to the boundaries of UTF-8's lengths, without lone surrogates. */
    static String randomText(Random random) {
        int[] limits = {0x80, 0x80, 0x250, 0x800, 0x3000, 0x10000, 0x110000};
        return random.ints(random.nextInt(60), 0, limits.length)
                .map(i -> random.nextInt(limits[i]))
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
