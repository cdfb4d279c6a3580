package dev.goldline.modelruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.profile.CheckpointSource;
import dev.goldline.modelruntime.profile.ModelProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
    @TempDir
    private Path temp;

    @Test
    void the_bundled_model_has_all_three_modes() throws IOException {
        ModelProfile bundled = Models.profile("bundled");
        assertThat(bundled.modeSet()).containsExactly(Mode.NON_THINKING, Mode.STANDARD, Mode.SPECIALE);
        assertThat(bundled.mode(Mode.NON_THINKING).systemPrefix()).isEmpty();
        assertThat(bundled.mode(Mode.STANDARD).systemPrefix()).isEqualTo("<｜effort▁standard｜>");
        assertThat(bundled.mode(Mode.SPECIALE).systemPrefix()).isEqualTo("<｜effort▁speciale｜>");
    }

    @Test
    void every_name_has_its_profile() throws IOException {
        for (String name : Models.names()) {
            assertThat(Models.profile(name).name()).isEqualTo(name);
        }
    }

    @Test
    void a_checkpoint_folder_needs_no_profile() throws IOException {
        Files.writeString(temp.resolve("config.json"), "{}");
        ModelProfile profile = Models.profile(temp.toString());
        assertThat(profile.name()).isEqualTo(temp.getFileName().toString());
        assertThat(profile.source()).isEqualTo(new CheckpointSource.Folder(temp));
        assertThat(profile.modeSet()).containsExactly(Mode.NON_THINKING, Mode.STANDARD);
    }

    @Test
    void a_profile_in_the_folder_speaks_for_it() throws IOException {
        Files.writeString(temp.resolve(Models.FOLDER_PROFILE), """
                name: mine
                kind: in-process
                checkpoint: .
                template: deepseek-v3.2
                modes: {speciale: {}}
                """);
        ModelProfile byFolder = Models.profile(temp.toString());
        assertThat(byFolder)
                .isEqualTo(Models.profile(temp.resolve("profile.yaml").toString()));
        assertThat(byFolder.modeSet()).containsExactly(Mode.SPECIALE);
        assertThat(byFolder.source()).isEqualTo(new CheckpointSource.Folder(temp));
    }

    @Test
    void what_is_no_model_is_named_with_what_would_be() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.profile("bundeld"))
                .withMessage("no model 'bundeld': neither a shipped one (bundled) nor a profile file nor a checkpoint"
                        + " folder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.profile("a\0b"))
                .withMessageStartingWith("no model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.profile(temp.toString()))
                .withMessageContaining("neither a profile.yaml nor a config.json");
    }

    @Test
    void a_profile_whose_checkpoint_is_gone_says_which_folder() throws IOException {
        Path file = Files.writeString(temp.resolve("gone.yaml"), """
                name: gone
                kind: in-process
                checkpoint: nowhere
                template: deepseek-v3.2
                modes: {standard: {}}
                """);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.open(file.toString(), folder -> {
                    throw new AssertionError("nothing to load");
                }))
                .withMessage("model 'gone': its checkpoint folder " + temp.resolve("nowhere") + " does not exist");
    }
}
