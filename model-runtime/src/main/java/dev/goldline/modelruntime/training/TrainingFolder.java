package dev.goldline.modelruntime.training;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.djl.TrainingState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What a training run keeps on disk, so that a later sitting goes on exactly where this one stops: weights, optimiser,
 * biases and the place in the sequence of documents. A new state replaces the old one in a single rename.
 */
final class TrainingFolder {
    private static final int MAGIC = 0x474C5431;
    private static final int CHUNK = 1 << 16;

    private final Path file;

    TrainingFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        file = folder.resolve("training-state.bin");
    }

    /**
     * A moment of a run.
     *
     * @param fingerprint of recipe, configuration and data: a state is only taken up by the run it belongs to
     */
    record Saved(TrainingState state, String fingerprint, long nextDocument, long tokens) {}

    void save(Saved saved) throws IOException {
        Path next = file.resolveSibling("training-state.next");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next), CHUNK))) {
            out.writeInt(MAGIC);
            out.writeUTF(saved.fingerprint());
            out.writeLong(saved.nextDocument());
            out.writeLong(saved.tokens());
            out.writeLong(saved.state().updates());
            write(out, saved.state().weights());
            write(out, saved.state().firstMoment());
            write(out, saved.state().secondMoment());
            for (float[] layer : saved.state().biases()) {
                write(out, layer);
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<Saved> load(ModelConfig config, String fingerprint) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK))) {
            if (in.readInt() != MAGIC) {
                throw new IllegalArgumentException(file + " is no training state; choose another folder");
            }
            String found = in.readUTF();
            if (!found.equals(fingerprint)) {
                throw new IllegalArgumentException(file + " belongs to another recipe (" + found + ", this one is "
                        + fingerprint + "); choose another folder or the recipe it was started with");
            }
            long nextDocument = in.readLong();
            long tokens = in.readLong();
            long updates = in.readLong();
            int size = TrainingState.initial(config, 0).weights().length;
            float[] weights = read(in, size);
            float[] first = read(in, size);
            float[] second = read(in, size);
            float[][] biases = new float[config.numHiddenLayers()][];
            for (int layer = 0; layer < biases.length; layer++) {
                biases[layer] = read(in, config.nRoutedExperts());
            }
            TrainingState state = new TrainingState(weights, first, second, biases, updates);
            return Optional.of(new Saved(state, found, nextDocument, tokens));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        byte[] bytes = new byte[CHUNK];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (float value : values) {
            buffer.putFloat(value);
            if (!buffer.hasRemaining()) {
                out.write(bytes, 0, buffer.position());
                buffer.clear();
            }
        }
        out.write(bytes, 0, buffer.position());
    }

    private static float[] read(DataInputStream in, int size) throws IOException {
        float[] values = new float[size];
        byte[] bytes = new byte[CHUNK];
        for (int done = 0; done < size; ) {
            int count = Math.min(CHUNK / Float.BYTES, size - done);
            in.readFully(bytes, 0, count * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, done, count);
            done += count;
        }
        return values;
    }
}
