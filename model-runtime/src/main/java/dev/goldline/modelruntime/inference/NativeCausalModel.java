package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.TensorLayout;
import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The DeepSeek-V3.2 architecture on our own kernels: latent attention in absorbed form over a latent cache, the
 * lightning indexer, group-limited experts. Activations are fp32; results depend neither on the machine's vector width
 * nor on how a sequence was cut into calls. Immutable; sequences may run on any number of threads, one thread each.
 */
public final class NativeCausalModel implements CausalModel {
    private final ModelConfig config;
    private final Kernels kernels;
    private final EmbeddingTable embedding;
    private final List<LayerWeights> layers;
    private final float[] finalNorm;
    private final PackedMatrix head;
    private final RotaryPositions rotary;

    private NativeCausalModel(
            ModelConfig config,
            Kernels kernels,
            EmbeddingTable embedding,
            List<LayerWeights> layers,
            float[] finalNorm,
            PackedMatrix head) {
        this.config = config;
        this.kernels = kernels;
        this.embedding = embedding;
        this.layers = layers;
        this.finalNorm = finalNorm;
        this.head = head;
        this.rotary = new RotaryPositions(config);
    }

    /**
     * Reads and packs all weights; the checkpoint may be closed afterwards.
     *
     * @throws dev.goldline.modelruntime.checkpoint.CheckpointException if a tensor cannot be read
     */
    public static NativeCausalModel load(Checkpoint checkpoint, LoadOptions options) {
        ModelConfig stored = checkpoint.config();
        ModelConfig config = options.indexTopk().isPresent()
                ? stored.withIndexTopk(options.indexTopk().getAsInt())
                : stored;
        WeightReader reader = new WeightReader(checkpoint, options);
        float[] table = reader.read(TensorLayout.EMBEDDING);
        float[] headValues = config.tieWordEmbeddings() ? table : reader.read(TensorLayout.HEAD);
        PackedMatrix head =
                PackedMatrix.pack(headValues, config.vocabSize(), config.hiddenSize(), options.formatOf(headValues));
        List<LayerWeights> layers = new ArrayList<>();
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            layers.add(reader.layer(layer));
        }
        return new NativeCausalModel(
                config,
                options.kernels(),
                new EmbeddingTable(table, config.hiddenSize(), options.formatOf(table)),
                List.copyOf(layers),
                reader.read(TensorLayout.FINAL_NORM),
                head);
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public NativeSequence newSequence() {
        return newSequence(SequenceOptions.DEFAULT);
    }

    /** An empty sequence that is observed, or attends to keys of the caller's choice. */
    public NativeSequence newSequence(SequenceOptions options) {
        return new NativeSequence(this, options);
    }

    /** Nothing is held outside the heap; sequences already made stay usable. */
    @Override
    public void close() {}

    Kernels kernels() {
        return kernels;
    }

    EmbeddingTable embedding() {
        return embedding;
    }

    List<LayerWeights> layers() {
        return layers;
    }

    float[] finalNorm() {
        return finalNorm;
    }

    PackedMatrix head() {
        return head;
    }

    RotaryPositions rotary() {
        return rotary;
    }
}
