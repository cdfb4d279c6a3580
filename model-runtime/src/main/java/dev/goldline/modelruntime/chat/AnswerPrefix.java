package dev.goldline.modelruntime.chat;

/**
 * The beginning of an answer that a model is to go on from, such as what came of a stream before it broke.
 *
 * @param reasoning the thought so far
 * @param thoughtClosed whether the thought had ended
 * @param content the answer so far; empty while the thought is open
 * @param tokens output tokens this took: offsets of what follows count on from it
 */
public record AnswerPrefix(String reasoning, boolean thoughtClosed, String content, int tokens) {
    public AnswerPrefix {
        if (!thoughtClosed && !content.isEmpty()) {
            throw new IllegalArgumentException("an answer that has begun has a closed thought");
        }
        if (tokens < 0) {
            throw new IllegalArgumentException("a prefix has 0 tokens or more, not " + tokens);
        }
    }
}
