package dev.goldline.modelruntime.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointRevisionTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        Files.writeString(folder.resolve("tokenizer.json"), "{ }");
        Files.writeString(folder.resolve("model.safetensors"), "weights");
    }

    @Test
    void is_a_hash_of_everything_that_changes_an_answer() throws IOException {
        String revision = CheckpointRevision.of(folder);
        assertThat(revision).matches("sha256:[0-9a-f]{64}");
        for (String name : ShippedCheckpoint.FILES) {
            String content = Files.readString(folder.resolve(name));
            Files.writeString(folder.resolve(name), content + " ");
            assertThat(CheckpointRevision.of(folder)).as(name).isNotEqualTo(revision);
            Files.writeString(folder.resolve(name), content);
        }
        assertThat(CheckpointRevision.of(folder)).isEqualTo(revision);
    }

    @Test
    void a_model_card_or_expected_values_do_not_change_it() throws IOException {
        String revision = CheckpointRevision.of(folder);
        Files.writeString(folder.resolve("README.md"), "card");
        Files.writeString(folder.resolve("expected.safetensors"), "expected");
        assertThat(CheckpointRevision.of(folder)).isEqualTo(revision);
    }

    @Test
    void bytes_moved_from_one_file_to_the_next_change_it() throws IOException {
        String revision = CheckpointRevision.of(folder);
        Files.writeString(folder.resolve("model.safetensors"), "weight");
        Files.writeString(folder.resolve("tokenizer.json"), "s{ }");
        assertThat(CheckpointRevision.of(folder)).isNotEqualTo(revision);
    }
}
