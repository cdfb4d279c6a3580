package dev.goldline.modelruntime.inference;

/** Consecutive tokens that go through the layers together: their positions and rotations. */
final class TokenBlock {
    private final float[] cos;
    private final float[] sin;
    private int start;
    private int tokens;

    TokenBlock(int angles) {
        cos = new float[angles];
        sin = new float[angles];
    }

    void set(int newStart, int newTokens) {
        start = newStart;
        tokens = newTokens;
    }

    /** Position of the first token. */
    int start() {
        return start;
    }

    int tokens() {
        return tokens;
    }

    /** {@code [tokens, pairs]} */
    float[] cos() {
        return cos;
    }

    /** {@code [tokens, pairs]} */
    float[] sin() {
        return sin;
    }
}
