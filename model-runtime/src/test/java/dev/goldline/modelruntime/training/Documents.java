package dev.goldline.modelruntime.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Sequences to learn from: each counts on from a random token, so that all but the first can be told. */
final class Documents {
    private Documents() {}

    /** Documents of 4 to {@code longest} tokens below {@code vocabulary}. */
    static DocumentSource counting(int vocabulary, int longest) {
        return index -> {
            SplittableRandom random = new SplittableRandom(index * 7919 + 1);
            int[] ids = new int[random.nextInt(4, longest + 1)];
            int first = random.nextInt(vocabulary);
            Arrays.setAll(ids, i -> (first + i) % vocabulary);
            boolean[] learned = new boolean[ids.length];
            Arrays.fill(learned, 1, learned.length, true);
            return new TrainingDocument(ids, learned);
        };
    }

    /** Documents whose first token is their number and whose lengths are the given ones, over and over. */
    static DocumentSource numbered(int... lengths) {
        return index -> {
            int[] ids = new int[lengths[(int) (index % lengths.length)]];
            Arrays.fill(ids, 1);
            ids[0] = (int) index;
            return new TrainingDocument(ids, new boolean[ids.length]);
        };
    }
}
