package dev.goldline.modelruntime;

import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.inprocess.CheckpointLoader;
import dev.goldline.modelruntime.inprocess.InProcessChatModel;
import dev.goldline.modelruntime.openai.OpenAiChatModel;
import dev.goldline.modelruntime.profile.CheckpointSource;
import dev.goldline.modelruntime.profile.EndpointSource;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.modelruntime.profile.ProfileReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The models a user can name: those that come with the program, profile files, and checkpoint folders. */
public final class Models {
    /** A profile lying in a checkpoint folder, used when the folder is named. */
    public static final String FOLDER_PROFILE = "profile.yaml";

    private static final List<String> SHIPPED = List.of(
            "bundled",
            "deepseek-v3.2-chat",
            "deepseek-v3.2-reasoner",
            "deepseek-v3.2-completions",
            "deepseek-v3.2-speciale",
            "vllm",
            "sglang",
            "llama.cpp");

    private static final Pattern ELSEWHERE = Pattern.compile("(?<name>[^@]+)@(?<url>https?://[^#]+)(#(?<model>.+))?");

    private Models() {}

    /** Names that need no file. */
    public static List<String> names() {
        return SHIPPED;
    }

    /**
     * What a name means, without loading any weights.
     *
     * @param nameOrPath a shipped name, a profile's file, or a checkpoint's folder, with a {@value #FOLDER_PROFILE} in
     *     it or without; for a served model, {@code NAME@URL} or {@code NAME@URL#MODEL} puts another endpoint, and another
     *     served model, in place of the profile's
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if it names nothing, or a file says something wrong
     */
    public static ModelProfile profile(String nameOrPath) throws IOException {
        if (SHIPPED.contains(nameOrPath)) {
            return shipped(nameOrPath);
        }
        Matcher elsewhere = ELSEWHERE.matcher(nameOrPath);
        if (elsewhere.matches()) {
            return elsewhere(elsewhere.group("name"), elsewhere.group("url"), elsewhere.group("model"));
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

    /**
     * Opens a model wherever it is, ready to be asked. Close it when done.
     *
     * @param loader what runs the weights of one that runs in process
     * @param environment where the key and the proxy of a served one are looked up, usually {@link System#getenv()}
     * @throws IOException if a file cannot be read, or an endpoint that has to be asked does not answer
     * @throws IllegalArgumentException if what the profile says cannot be used as it is
     */
    public static ChatModel open(ModelProfile profile, CheckpointLoader loader, Map<String, String> environment)
            throws IOException {
        return switch (profile.source()) {
            case CheckpointSource checkpoint -> InProcessChatModel.open(profile, loader);
            case EndpointSource endpoint -> OpenAiChatModel.open(profile, environment);
        };
    }

    private static ModelProfile elsewhere(String name, String url, @Nullable String model) throws IOException {
        ModelProfile profile = profile(name);
        if (!(profile.source() instanceof EndpointSource source)) {
            throw new IllegalArgumentException("model '" + name + "' runs in process; it has no endpoint to replace");
        }
        try {
            return profile.at(source.at(new URI(url), Optional.ofNullable(model)));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + url + "' is no URL; expected one such as http://localhost:8000/v1", e);
        }
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
