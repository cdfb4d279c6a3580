package dev.goldline.modelruntime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileReaderTest {
    private static final String PROFILE = """
            name: tiny
            kind: in-process
            checkpoint: ../checkpoints/tiny
            template: deepseek-v3.2
            context-window: 4096
            modes:
              standard:
                temperature: 0.8
                top-p: 0.9
                top-k: 40
                max-output-tokens: 100
                thinking-budget: 64
                system-prefix: <｜effort▁standard｜>
                tools: true
              non-thinking: {}
            prices:
              currency: USD
              input: 0.28
              cached-input: 0.028
              output: 0.42
            """;

    @Test
    void reads_every_key() {
        ModelProfile profile = ProfileReader.parse(PROFILE, Path.of("/models/tiny.yaml"));
        assertThat(profile.name()).isEqualTo("tiny");
        assertThat(profile.source()).isEqualTo(new CheckpointSource.Folder(Path.of("/checkpoints/tiny")));
        assertThat(profile.contextWindow()).hasValue(4096);
        assertThat(profile.modeSet()).containsExactly(Mode.NON_THINKING, Mode.STANDARD);
        assertThat(profile.mode(Mode.STANDARD))
                .isEqualTo(new ModeProfile(0.8, 0.9, 40, 100, OptionalInt.of(64), "<｜effort▁standard｜>", true));
        assertThat(profile.mode(Mode.STANDARD).sampling(5)).isEqualTo(new Sampling(0.8, 0.9, 40, 5));
        assertThat(profile.prices()).isEqualTo(Optional.of(new Prices("USD", 0.28, 0.028, 0.42)));
    }

    @Test
    void an_empty_mode_gets_the_published_protocol() {
        ModeProfile mode = ProfileReader.parse(PROFILE, Path.of("tiny.yaml")).mode(Mode.NON_THINKING);
        assertThat(mode.sampling(1)).isEqualTo(Sampling.published(1));
        assertThat(mode.systemPrefix()).isEmpty();
        assertThat(mode.tools()).isFalse();
    }

    @Test
    void a_class_path_checkpoint_is_shipped_with_the_program() {
        String yaml = PROFILE.replace("../checkpoints/tiny", "classpath:/a/model");
        assertThat(ProfileReader.parse(yaml, Path.of("tiny.yaml")).source())
                .isEqualTo(new CheckpointSource.Shipped("/a/model"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: tiny               | nome: tiny              | tiny.yaml:1: name is missing
            kind: in-process         | kind: remote            | tiny.yaml:2: kind is 'remote'; supported are in-process and openai
            template: deepseek-v3.2  | template: chatml        | tiny.yaml:4: template is 'chatml'
            context-window: 4096     | context-window: many    | tiny.yaml:5: context-window is 'many'; expected a whole number
            context-window: 4096     | context-window: 0       | a context window has 1 token or more, not 0
            context-window: 4096     | contextwindow: 4096     | tiny.yaml:5: contextwindow is not known here; known are name, kind
            context-window: 4096     | name: again             | tiny.yaml:5: key 'name' was given on line 1 already
            standard:                | normal:                 | unknown mode 'normal'; use one of non-thinking, standard, speciale
            standard:                | speciale:               | mode speciale takes no tools
            temperature: 0.8         | temperature: -1         | tiny.yaml:8: modes.standard: temperature must be 0 or more, was -1.0
            temperature: 0.8         | temperature: warm       | tiny.yaml:8: modes.standard.temperature is 'warm'; expected a number
            temperature: 0.8         | temperature:            | tiny.yaml:8: a value is missing
            temperature: 0.8         | temperature: [1, 2]     | modes.standard.temperature holds a single value
            top-p: 0.9               | top-p: 0                | top-p must lie in (0, 1], was 0.0
            tools: true              | tools: maybe            | modes.standard.tools is 'maybe'; use true or false
            thinking-budget: 64      | thinking-budget: -1     | thinking budget must be 0 or more, was -1
            non-thinking: {}         | non-thinking: on        | modes.non-thinking holds keys and values
            input: 0.28              | input: -0.28            | prices: a price must be 0 or more, was -0.28
            name: tiny               | `- tiny`                | tiny.yaml
            name: tiny               | `name: "tiny`           | not valid YAML
            """)
    void names_file_line_and_key_of_what_is_wrong(String find, String replace, String message) {
        assertThat(PROFILE).contains(find);
        String yaml = PROFILE.replaceFirst(Pattern.quote(find), replace);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProfileReader.parse(yaml, Path.of("tiny.yaml")))
                .withMessageStartingWith("tiny.yaml:")
                .withMessageContaining(message);
    }

    @Test
    void refuses_deep_and_huge_files(@TempDir Path folder) throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProfileReader.parse("a: " + "{a: ".repeat(300) + "1" + "}".repeat(300), Path.of("p")))
                .withMessageContaining("nested deeper than 8");
        Path file = Files.writeString(folder.resolve("big.yaml"), "#" + " ".repeat(70_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProfileReader.read(file))
                .withMessageContaining("a file of this kind has at most 65536");
    }

    @Test
    void refuses_aliases() {
        String yaml = PROFILE.replace("temperature: 0.8", "temperature: &a 0.8").replace("top-p: 0.9", "top-p: *a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProfileReader.parse(yaml, Path.of("tiny.yaml")))
                .withMessage("tiny.yaml:9: aliases are not supported; write the value again");
    }

    @Test
    void refuses_a_second_document() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProfileReader.parse(PROFILE + "---\nname: other\n", Path.of("p")))
                .withMessageContaining("a second document");
    }
}
