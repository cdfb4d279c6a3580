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
 *
 * <p>Of a served model, these stand in place of {@code checkpoint}:
 *
 * <pre>
 * kind: openai
 * endpoint: http://localhost:8000/v1
 * api: chat                       # the default; or completions, with template: deepseek-v3.2
 * served-model: my-model          # optional: the only model that is served
 * key-variable: MY_API_KEY        # optional: the environment variable that holds the key
 * thought: tagged                 # the default; open: content begins inside the thought
 * usage-on-request: true          # the default; false: do not ask for token counts
 * limits:                         # optional, as are all below; these are the defaults
 *   connect-seconds: 15
 *   first-token-seconds: 600
 *   between-tokens-seconds: 120
 *   reply-seconds: 3600           # no default: a reply takes as long as it takes
 *   loop-characters: 4096         # 0: do not look for loops
 * extra-body:                     # optional: JSON members to add to the requests of a mode
 *   standard: '{"chat_template_kwargs": {"thinking": true}}'
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
            ModelSource source = switch (section.text("kind")) {
                case "in-process" -> inProcess(section, file);
                case "openai" -> section.checked(EndpointReader::read);
                default ->
                    throw section.bad("kind", "is '" + section.text("kind") + "'; supported are in-process and openai");
            };
            var contextWindow = section.optionalCount("context-window");
            Map<Mode, ModeProfile> modes = modes(section.section("modes"));
            var prices = section.optionalSection("prices").map(inner -> inner.checked(ProfileReader::prices));
            section.refuseOthers();
            return new ModelProfile(name, source, contextWindow, modes, prices);
        });
    }

    private static ModelSource inProcess(Section section, Path file) {
        CheckpointSource checkpoint = checkpoint(section.text("checkpoint"), file);
        String template = section.text("template");
        if (!template.equals("deepseek-v3.2")) {
            throw section.bad("template", "is '" + template + "'; supported is deepseek-v3.2");
        }
        return checkpoint;
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
