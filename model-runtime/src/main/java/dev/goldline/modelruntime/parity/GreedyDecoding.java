package dev.goldline.modelruntime.parity;

import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.inference.CausalSequence;
import java.util.Arrays;

/** Decoding with a cache that always takes the most likely token, of several the lowest id, and ignores stop ids. */
final class GreedyDecoding {
    private GreedyDecoding() {}

    /** The prompt followed by {@code count} tokens. */
    static int[] continuation(CausalModel model, int[] prompt, int count) {
        int[] ids = Arrays.copyOf(prompt, prompt.length + count);
        try (CausalSequence sequence = model.newSequence()) {
            float[] logits = sequence.append(prompt);
            for (int i = prompt.length; i < ids.length; i++) {
                ids[i] = argmax(logits);
                if (i + 1 < ids.length) {
                    logits = sequence.append(ids[i]);
                }
            }
        }
        return ids;
    }

    private static int argmax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
