package dev.goldline.modelruntime.inprocess;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a checkpoint on the class path a folder of files, since weights are mapped into memory from files.
 *
 * <p>If the class path is a folder already, that folder is used. Otherwise the files are copied once into a folder of
 * the user's cache that is named by their hash. Each copy is written beside its place and moved there whole, and what
 * lies there is compared byte by byte before it is used, so a crash, a second process or a damaged copy does no harm.
 */
final class ShippedCheckpoint {
    static final List<String> FILES = List.of("config.json", "model.safetensors", "tokenizer.json");

    private ShippedCheckpoint() {}

    /**
     * @param resource the folder's absolute name on the class path, with a slash before it
     * @param cache where copies may be kept
     */
    static Path folder(ClassLoader classPath, String resource, Path cache) throws IOException {
        String prefix = resource.substring(1) + "/";
        Path direct = direct(classPath, prefix);
        if (direct != null) {
            return direct;
        }
        Map<String, byte[]> contents = new LinkedHashMap<>();
        var digest = CheckpointRevision.sha256();
        for (String name : FILES) {
            byte[] bytes = read(classPath, prefix + name);
            contents.put(name, bytes);
            digest.update(bytes);
        }
        Path folder = Files.createDirectories(cache.resolve(HexFormat.of().formatHex(digest.digest())));
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            place(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    /** The user's cache folder: {@code $XDG_CACHE_HOME/goldline/checkpoints}, by default under {@code ~/.cache}. */
    static Path userCache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured != null && Path.of(configured).isAbsolute()
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("goldline").resolve("checkpoints");
    }

    private static @Nullable Path direct(ClassLoader classPath, String prefix) throws IOException {
        URL config = classPath.getResource(prefix + FILES.getFirst());
        if (config == null || !config.getProtocol().equals("file")) {
            return null;
        }
        try {
            Path folder = Path.of(config.toURI()).getParent();
            return folder != null && FILES.stream().allMatch(name -> Files.exists(folder.resolve(name)))
                    ? folder
                    : null;
        } catch (URISyntaxException e) {
            throw new IOException("cannot locate " + config, e);
        }
    }

    private static byte[] read(ClassLoader classPath, String resource) throws IOException {
        try (InputStream in = classPath.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("this build ships no model: " + resource + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }

    private static void place(Path target, byte[] bytes) throws IOException {
        if (Files.exists(target) && Arrays.equals(Files.readAllBytes(target), bytes)) {
            return;
        }
        Path beside = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
        try {
            Files.write(beside, bytes);
            try {
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
