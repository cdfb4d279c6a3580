package dev.goldline.modelruntime.profile;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.yaml.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reads model profiles. Every key is checked; an unknown or repeated one is an error that names file, line and key.
 *
 * <pre>
 * name: my-model                  # what it is called
 * kind: in-process
 * checkpoint: ../checkpoints/my   # a folder, from the profile's own; or classpath:/…
 * template: deepseek-v3.2
 * context-window: 4096            # optional: what the checkpoint allows
 * modes:                          # at least one of non-thinking, standard, speciale
 *   standard:
 *     temperature: 1.0            # optional, as are all below; these are the defaults
 *     top-p: 0.95
 *     top-k: 0
 *     max-output-tokens: 32768
 *     thinking-budget: 8192       # no default
 *     system-prefix: ""
 *     tools: false
 * prices: {currency: USD, input: 0.28, cached-input: 0.028, output: 0.42}   # optional, per million tokens
 * </pre>
 */
public final class ProfileReader {
    private static final long MAX_FILE_BYTES = 64 << 10;
    private static final String CLASSPATH = "classpath:";

    private ProfileReader() {}

    /**
     * Reads a profile file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is no valid profile; the message names file, line and key
     */
    public static ModelProfile read(Path file) throws IOException {
        return profile(Section.read(file, MAX_FILE_BYTES), file);
    }

    /**
     * Reads the text of a profile.
     *
     * @param file what errors call it, and where relative checkpoint folders start from
     */
    public static ModelProfile parse(String yaml, Path file) {
        return profile(Section.parse(yaml, file), file);
    }

    private static ModelProfile profile(Section root, Path file) {
        return root.checked(section -> {
            String name = section.text("name");
            require(section, "kind", "in-process");
            CheckpointSource checkpoint = checkpoint(section.text("checkpoint"), file);
            require(section, "template", "deepseek-v3.2");
            var contextWindow = section.optionalCount("context-window");
            Map<Mode, ModeProfile> modes = modes(section.section("modes"));
            var prices = section.optionalSection("prices").map(inner -> inner.checked(ProfileReader::prices));
            section.refuseOthers();
            return new ModelProfile(name, checkpoint, contextWindow, modes, prices);
        });
    }

    private static void require(Section section, String key, String supported) {
        String found = section.text(key);
        if (!found.equals(supported)) {
            throw section.bad(key, "is '" + found + "'; supported is " + supported);
        }
    }

    private static CheckpointSource checkpoint(String text, Path file) {
        return text.startsWith(CLASSPATH)
                ? new CheckpointSource.Shipped(text.substring(CLASSPATH.length()))
                : new CheckpointSource.Folder(file.resolveSibling(text).normalize());
    }

    private static Map<Mode, ModeProfile> modes(Section section) {
        Map<Mode, ModeProfile> modes = new EnumMap<>(Mode.class);
        for (String label : section.keys()) {
            Mode mode = section.checked(any -> Mode.ofLabel(label));
            modes.put(mode, section.section(label).checked(ProfileReader::mode));
        }
        return modes;
    }

    private static ModeProfile mode(Section section) {
        ModeProfile published = ModeProfile.published(ModelProfile.DEFAULT_MAX_OUTPUT_TOKENS);
        ModeProfile mode = new ModeProfile(
                section.number("temperature", published.temperature()),
                section.number("top-p", published.topP()),
                section.count("top-k", published.topK()),
                section.count("max-output-tokens", published.maxOutputTokens()),
                section.optionalCount("thinking-budget"),
                section.optionalText("system-prefix").orElse(published.systemPrefix()),
                section.flag("tools"));
        section.refuseOthers();
        return mode;
    }

    private static Prices prices(Section section) {
        Prices prices = new Prices(
                section.text("currency"),
                section.number("input"),
                section.number("cached-input"),
                section.number("output"));
        section.refuseOthers();
        return prices;
    }
}
