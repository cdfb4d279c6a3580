package dev.goldline.modelruntime.tokenizer;

/**
 * A token that stands beside the learned vocabulary and is always one id.
 *
 * @param text what it is written as
 * @param control true for marks of turns and thoughts, which only the one who lays out a conversation may place; false
 *     for text that is merely kept whole wherever it appears, such as an opening of a boxed answer
 */
public record AddedToken(String text, boolean control) {
    public AddedToken {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an added token must have some text");
        }
    }

    public static AddedToken control(String text) {
        return new AddedToken(text, true);
    }

    public static AddedToken text(String text) {
        return new AddedToken(text, false);
    }
}
