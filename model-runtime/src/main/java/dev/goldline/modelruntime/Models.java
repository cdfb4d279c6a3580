package dev.goldline.modelruntime;

import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.inprocess.CheckpointLoader;
import dev.goldline.modelruntime.inprocess.InProcessChatModel;
import dev.goldline.modelruntime.profile.CheckpointSource;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.modelruntime.profile.ProfileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The models a user can name: those that come with the program, profile files, and checkpoint folders. */
public final class Models {
    /** A profile lying in a checkpoint folder, used when the folder is named. */
    public static final String FOLDER_PROFILE = "profile.yaml";

    private static final List<String> SHIPPED = List.of("bundled");

    private Models() {}

    /** Names that need no file. */
    public static List<String> names() {
        return SHIPPED;
    }

    /**
     * What a name means, without loading any weights.
     *
     * @param nameOrPath a shipped name, a profile's file, or a checkpoint's folder, with a {@value #FOLDER_PROFILE} in
     *     it or without
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if it names nothing, or a file says something wrong
     */
    public static ModelProfile profile(String nameOrPath) throws IOException {
        if (SHIPPED.contains(nameOrPath)) {
            return shipped(nameOrPath);
        }
        Path path = path(nameOrPath);
        if (Files.isDirectory(path)) {
            return folder(path);
        }
        if (Files.isRegularFile(path)) {
            return ProfileReader.read(path);
        }
        throw unknown(nameOrPath, null);
    }

    /**
     * Opens a model on our own kernels, its weights held in fp32. Close it when done.
     *
     * @param nameOrPath as in {@link #profile}
     * @throws dev.goldline.modelruntime.checkpoint.CheckpointException if the checkpoint cannot be used
     */
    public static InProcessChatModel open(String nameOrPath) throws IOException {
        return open(nameOrPath, Models::loadNative);
    }

    /**
     * Opens a model, ready to be asked. Close it when done.
     *
     * @param nameOrPath as in {@link #profile}
     * @param loader what runs the weights
     */
    public static InProcessChatModel open(String nameOrPath, CheckpointLoader loader) throws IOException {
        return InProcessChatModel.open(profile(nameOrPath), loader);
    }

    private static CausalModel loadNative(Path folder) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return NativeCausalModel.load(checkpoint, LoadOptions.exact());
        }
    }

    private static ModelProfile shipped(String name) throws IOException {
        String resource = "models/" + name + ".yaml";
        try (InputStream in = Models.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("this build lacks its resource " + resource);
            }
            return ProfileReader.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), Path.of(resource));
        }
    }

    private static ModelProfile folder(Path folder) throws IOException {
        Path profile = folder.resolve(FOLDER_PROFILE);
        if (Files.exists(profile)) {
            return ProfileReader.read(profile);
        }
        if (!Files.exists(folder.resolve("config.json"))) {
            throw new IllegalArgumentException(folder + ": neither a " + FOLDER_PROFILE + " nor a config.json in it");
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return ModelProfile.ofFolder(name == null ? "model" : name.toString(), new CheckpointSource.Folder(folder));
    }

    private static Path path(String nameOrPath) {
        try {
            return Path.of(nameOrPath);
        } catch (InvalidPathException e) {
            throw unknown(nameOrPath, e);
        }
    }

    private static IllegalArgumentException unknown(String nameOrPath, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "no model '" + nameOrPath + "': neither a shipped one (" + String.join(", ", SHIPPED)
                        + ") nor a profile file nor a checkpoint folder",
                cause);
    }
}
