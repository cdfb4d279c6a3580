package dev.goldline.modelruntime.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A checkpoint folder: {@code config.json} and either {@code model.safetensors} or shards named by {@code
 * model.safetensors.index.json}. Opening it checks that every tensor the configuration asks for is there with its
 * shape; tensors of other layers or purposes are ignored. How a tensor is decoded depends on its dtype and on the
 * presence of {@code <name>_scale_inv}, never on its name.
 */
public final class Checkpoint implements AutoCloseable {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final long MAX_INDEX_BYTES = 256L << 20;
    private static final int DEFAULT_BLOCK = 128;
    private static final int MAX_SHARDS = 10_000;

    private final Path folder;
    private final ModelConfig config;
    private final int blockRows;
    private final int blockColumns;
    private final Map<Path, SafetensorsFile> files = new LinkedHashMap<>();
    private final Map<String, SafetensorsFile> fileOf = new HashMap<>();

    private Checkpoint(Path folder) {
        this.folder = folder;
        Path configFile = folder.resolve("config.json");
        this.config = ModelConfigReader.read(configFile);
        int[] block = ModelConfigReader.scaleBlock(configFile, DEFAULT_BLOCK);
        this.blockRows = block[0];
        this.blockColumns = block[1];
    }

    /**
     * Opens and validates a folder.
     *
     * @throws CheckpointException naming the file and the key or tensor at fault
     */
    public static Checkpoint open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(
                    folder + ": no such folder; a checkpoint folder with config.json is expected");
        }
        Checkpoint checkpoint = new Checkpoint(folder);
        boolean sound = false;
        try {
            checkpoint.openFiles();
            TensorLayout.tensors(checkpoint.config).forEach(checkpoint::check);
            sound = true;
            return checkpoint;
        } finally {
            if (!sound) {
                checkpoint.close();
            }
        }
    }

    public Path folder() {
        return folder;
    }

    public ModelConfig config() {
        return config;
    }

    /** Bytes of the safetensors files. */
    public long bytesOnDisk() {
        return files.keySet().stream().mapToLong(Checkpoint::size).sum();
    }

    /** Reads one tensor as fp32, row-major; fp8 values are multiplied by their block's scale. */
    public float[] read(TensorSpec spec) {
        SafetensorsFile file = check(spec);
        TensorEntry tensor = file.require(spec.name());
        float[] values = file.floats(tensor);
        String scaleName = spec.name() + "_scale_inv";
        SafetensorsFile scaleFile = fileOf.get(scaleName);
        if (file.readable(tensor) == DType.F8_E4M3) {
            if (scaleFile != null) {
                scale(spec, values, scaleFile, scaleFile.require(scaleName));
            }
        } else if (scaleFile != null) {
            throw new CheckpointException(scaleFile.path() + ": tensor " + scaleName + " is present but " + spec.name()
                    + " is " + tensor.dtype() + ", not F8_E4M3; remove the scale");
        }
        refuseNonFinite(file, tensor, values);
        return values;
    }

    private static void refuseNonFinite(SafetensorsFile file, TensorEntry tensor, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new CheckpointException(file.path() + ": tensor " + tensor.name() + " element " + i + " is "
                        + values[i] + "; the file is damaged, copy it again");
            }
        }
    }

    private void scale(TensorSpec spec, float[] values, SafetensorsFile file, TensorEntry tensor) {
        int rows = spec.isVector() ? 1 : spec.rows();
        int columns = spec.isVector() ? spec.rows() : spec.columns();
        int scaleRows = Math.ceilDiv(rows, blockRows);
        int scaleColumns = Math.ceilDiv(columns, blockColumns);
        List<Long> expected =
                spec.isVector() ? List.of((long) scaleColumns) : List.of((long) scaleRows, (long) scaleColumns);
        checkShape(file, tensor, expected);
        float[] scales = file.floats(tensor);
        for (int i = 0; i < scales.length; i++) {
            if (!(scales[i] > 0) || Float.isInfinite(scales[i])) {
                throw new CheckpointException(file.path() + ": tensor " + tensor.name() + " element " + i + " is "
                        + scales[i] + "; a finite scale above 0 is expected");
            }
        }
        BlockScale.multiply(values, rows, columns, scales, blockRows, blockColumns);
    }

    private SafetensorsFile check(TensorSpec spec) {
        SafetensorsFile file = fileOf.get(spec.name());
        if (file == null) {
            throw new CheckpointException(folder + ": tensor " + spec.name() + " is missing; config.json asks for it");
        }
        TensorEntry tensor = file.require(spec.name());
        checkShape(
                file,
                tensor,
                spec.isVector() ? List.of((long) spec.rows()) : List.of((long) spec.rows(), (long) spec.columns()));
        if (!file.readable(tensor).isFloat()) {
            throw new CheckpointException(file.path() + ": tensor " + spec.name() + " is " + tensor.dtype()
                    + ": a floating-point type is expected");
        }
        return file;
    }

    private static void checkShape(SafetensorsFile file, TensorEntry tensor, List<Long> expected) {
        if (!tensor.shape().equals(expected)) {
            throw new CheckpointException(file.path() + ": tensor " + tensor.name() + " has shape " + tensor.shape()
                    + " but config.json asks for " + expected);
        }
    }

    private void openFiles() {
        Path index = folder.resolve(INDEX);
        Path single = folder.resolve(SINGLE);
        if (Files.exists(index)) {
            openShards(index);
        } else if (Files.exists(single)) {
            SafetensorsFile file = openOnce(single);
            file.tensors().keySet().forEach(name -> fileOf.put(name, file));
        } else {
            throw new CheckpointException(folder + ": neither " + SINGLE + " nor " + INDEX + " is there");
        }
    }

    private void openShards(Path index) {
        JsonNode map = Optional.ofNullable(
                        JsonInput.object(index, MAX_INDEX_BYTES).get("weight_map"))
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new CheckpointException(index + ": weight_map is missing or no object"));
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String name = entry.getKey();
            String shard = entry.getValue().asString("");
            SafetensorsFile file = openOnce(shardPath(index, name, shard));
            if (file.tensor(name).isEmpty()) {
                throw new CheckpointException(
                        index + ": weight_map puts " + name + " into " + shard + ", which has no such tensor");
            }
            fileOf.put(name, file);
        }
    }

    /** A shard lies in the folder itself: a name with a path in it is refused. */
    private Path shardPath(Path index, String name, String shard) {
        if (shard.isEmpty()
                || shard.indexOf('/') >= 0
                || shard.indexOf('\\') >= 0
                || shard.indexOf('\0') >= 0
                || shard.equals(".")
                || shard.equals("..")) {
            throw new CheckpointException(
                    index + ": weight_map." + name + " is \"" + shard + "\": a plain file name is expected");
        }
        return folder.resolve(shard);
    }

    private SafetensorsFile openOnce(Path path) {
        SafetensorsFile open = files.get(path);
        if (open == null) {
            if (files.size() == MAX_SHARDS) {
                throw new CheckpointException(folder + ": more than " + MAX_SHARDS + " shards");
            }
            open = SafetensorsFile.open(path);
            files.put(path, open);
        }
        return open;
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new CheckpointException(path + ": cannot be read: " + e, e);
        }
    }

    @Override
    public void close() {
        files.values().forEach(SafetensorsFile::close);
    }
}
