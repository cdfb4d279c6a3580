package dev.goldline.modelruntime.inprocess;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.inference.CausalSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A causal model whose logits are any function of the ids so far. Remembers its sequences. */
final class ScriptedModel implements CausalModel {
    final List<Sequence> sequences = new CopyOnWriteArrayList<>();
    boolean closed;

    private final ModelConfig config;
    private final Function<int[], float[]> logits;

    ScriptedModel(ModelConfig config, Function<int[], float[]> logits) {
        this.config = config;
        this.logits = logits;
    }

    /** Says these tokens whatever was asked, skipping none that was forced on it, then ends. */
    static ScriptedModel saying(ModelConfig config, int promptLength, int... tokens) {
        return new ScriptedModel(config, ids -> {
            float[] logits = new float[config.vocabSize()];
            int at = ids.length - promptLength;
            logits[at < tokens.length ? tokens[at] : config.eosTokenId()] = 100;
            return logits;
        });
    }

    /** Draws from logits that depend on every id so far. */
    static ScriptedModel hashing(ModelConfig config) {
        return new ScriptedModel(config, ids -> {
            float[] logits = new float[config.vocabSize()];
            int hash = Arrays.hashCode(ids);
            for (int id = 0; id < logits.length; id++) {
                logits[id] = ((hash * 31 + id) * 0x9E3779B9 >>> 20) / 512f;
            }
            return logits;
        });
    }

    static ModelConfig config(int vocabSize, int context) {
        return new ModelConfig(
                vocabSize,
                32,
                2,
                2,
                16,
                8,
                8,
                4,
                8,
                2,
                8,
                8,
                64,
                16,
                4,
                1,
                2,
                1,
                1,
                true,
                1.0,
                1,
                1e-6,
                10_000,
                context,
                Optional.empty(),
                false,
                false,
                0,
                1);
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public CausalSequence newSequence() {
        Sequence sequence = new Sequence();
        sequences.add(sequence);
        return sequence;
    }

    @Override
    public void close() {
        closed = true;
    }

    final class Sequence implements CausalSequence {
        int[] ids = {};
        int closings;

        @Override
        public int length() {
            return ids.length;
        }

        @Override
        public float[] append(int... more) {
            ids = IntStream.concat(IntStream.of(ids), IntStream.of(more)).toArray();
            return logits.apply(ids);
        }

        @Override
        public void close() {
            closings++;
        }
    }
}
