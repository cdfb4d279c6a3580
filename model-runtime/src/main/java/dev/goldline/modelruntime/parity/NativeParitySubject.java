package dev.goldline.modelruntime.parity;

import dev.goldline.modelruntime.inference.DiscreteChoices;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.inference.NativeSequence;
import dev.goldline.modelruntime.inference.SequenceOptions;
import dev.goldline.modelruntime.observation.TokenObserver;
import java.util.Arrays;
import java.util.Optional;

/** The native engine as a subject of comparison. */
public final class NativeParitySubject implements ParitySubject {
    private final NativeCausalModel model;
    private final String name;

    /** @param name what to call it in reports */
    public NativeParitySubject(NativeCausalModel model, String name) {
        this.model = model;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ForwardPass forward(int[] ids, Optional<DiscreteChoices> forced) {
        float[][] logits = new float[ids.length][];
        int[][][] selected = new int[model.config().numHiddenLayers()][ids.length][];
        int[][][] experts = new int[model.config().numHiddenLayers()][ids.length][];
        for (int layer = 0; layer < model.config().firstKDenseReplace(); layer++) {
            Arrays.fill(experts[layer], new int[0]);
        }
        TokenObserver observer = new TokenObserver() {
            @Override
            public void selected(int layer, int position, int[] keys, int count) {
                selected[layer][position] = Arrays.copyOf(keys, count);
            }

            @Override
            public void routed(int layer, int position, int[] chosen, float[] weights, int count) {
                experts[layer][position] = Arrays.copyOf(chosen, count);
            }
        };
        try (NativeSequence sequence = model.newSequence(new SequenceOptions(Optional.of(observer), forced))) {
            sequence.appendEach(ids, (position, row) -> logits[position] = row.clone());
        }
        return new ForwardPass(logits, selected, experts);
    }

    @Override
    public int[] greedy(int[] prompt, int count) {
        int[] ids = Arrays.copyOf(prompt, prompt.length + count);
        try (NativeSequence sequence = model.newSequence()) {
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

    @Override
    public void close() {
        model.close();
    }
}
