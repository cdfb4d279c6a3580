package dev.goldline.modelruntime.training;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.djl.ParameterLayout;
import dev.goldline.modelruntime.djl.TrainingState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * What a training run keeps on disk, so that a later sitting goes on exactly where this one stops: weights, optimiser,
 * biases and the place in the sequence of documents. A new state replaces the old one in a single rename, once it is on
 * the disk.
 *
 * <pre>
 * file = magic fingerprint next-document tokens trained-millis updates
 *        weights first-moment second-moment biases-of-layer* crc32c      big-endian, floats of 32 bits
 * </pre>
 */
final class TrainingFolder {
    private static final int MAGIC = 0x474C5432;
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
     * @param trained time spent training, all sittings together
     */
    record Saved(TrainingState state, String fingerprint, long nextDocument, long tokens, Duration trained) {}

    void save(Saved saved) throws IOException {
        Path next = file.resolveSibling("training-state.next");
        CRC32C crc = new CRC32C();
        try (FileChannel channel = FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                        new CheckedOutputStream(Channels.newOutputStream(channel), crc), CHUNK))) {
            out.writeInt(MAGIC);
            out.writeUTF(saved.fingerprint());
            out.writeLong(saved.nextDocument());
            out.writeLong(saved.tokens());
            out.writeLong(saved.trained().toMillis());
            out.writeLong(saved.state().updates());
            write(out, saved.state().weights());
            write(out, saved.state().firstMoment());
            write(out, saved.state().secondMoment());
            for (float[] layer : saved.state().biases()) {
                write(out, layer);
            }
            out.flush();
            out.writeLong(crc.getValue());
            out.flush();
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The last state saved, if there is one.
     *
     * @throws IllegalArgumentException if the file is no whole state, or that of another run
     */
    Optional<Saved> load(ModelConfig config, String fingerprint) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK), new CRC32C());
        try (DataInputStream in = new DataInputStream(checked)) {
            if (in.readInt() != MAGIC) {
                throw new IllegalArgumentException(
                        file + " is no training state of this version; choose another folder, or remove it");
            }
            String found = in.readUTF();
            if (!found.equals(fingerprint)) {
                throw new IllegalArgumentException(file + " belongs to another recipe, configuration or data (" + found
                        + ", this one is " + fingerprint
                        + "); choose another folder, or the recipe it was started with");
            }
            Saved saved = body(in, found, config);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum || in.read() >= 0) {
                throw damaged("does not match its checksum");
            }
            return Optional.of(saved);
        } catch (EOFException | UTFDataFormatException e) {
            throw damaged("ends too early, after " + Files.size(file) + " bytes");
        }
    }

    private IllegalArgumentException damaged(String how) {
        return new IllegalArgumentException(
                file + " " + how + ": it is damaged; restore a copy, or remove it to train from the start");
    }

    private static Saved body(DataInputStream in, String fingerprint, ModelConfig config) throws IOException {
        long nextDocument = in.readLong();
        long tokens = in.readLong();
        Duration trained = Duration.ofMillis(in.readLong());
        long updates = in.readLong();
        int size = ParameterLayout.of(config).size();
        float[] weights = read(in, size);
        float[] first = read(in, size);
        float[] second = read(in, size);
        float[][] biases = new float[config.numHiddenLayers()][];
        for (int layer = 0; layer < biases.length; layer++) {
            biases[layer] = read(in, config.nRoutedExperts());
        }
        TrainingState state = new TrainingState(weights, first, second, biases, updates);
        return new Saved(state, fingerprint, nextDocument, tokens, trained);
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
