package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.profile.ModelProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The profile that lies in a trained checkpoint's folder, so that the model is asked for each mode as it was taught. */
final class TrainedProfile {
    private TrainedProfile() {}

    /** Writes it with the modes of the profile that the documents were laid out by. */
    static void write(String name, ModelProfile taught, Path file) throws IOException {
        Map<String, Object> modes = new LinkedHashMap<>();
        for (Mode mode : taught.modeSet()) {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("max-output-tokens", taught.mode(mode).maxOutputTokens());
            keys.put("system-prefix", taught.mode(mode).systemPrefix());
            modes.put(mode.label(), keys);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("name", name);
        root.put("kind", "in-process");
        root.put("checkpoint", ".");
        root.put("template", "deepseek-v3.2");
        root.put("modes", modes);
        Files.writeString(file, YAMLMapper.builder().build().writeValueAsString(root));
    }
}
