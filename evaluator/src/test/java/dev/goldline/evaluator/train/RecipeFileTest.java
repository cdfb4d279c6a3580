package dev.goldline.evaluator.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.problemsets.micromath.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class RecipeFileTest {
    @TempDir
    Path folder;

    @Test
    void reads_a_recipe_with_the_configuration_beside_it() throws IOException {
        RecipeFile recipe = RecipeFile.read(TestRecipe.write(folder));
        assertThat(recipe.name()).isEqualTo("tiny");
        assertThat(recipe.config().indexTopk()).isEqualTo(16);
        assertThat(recipe.tokenizerDocuments()).isEqualTo(50);
        assertThat(recipe.training().tokens()).isEqualTo(6000);
        assertThat(recipe.training().beta2()).isEqualTo(0.95);
        assertThat(recipe.curriculum().families()).isEqualTo(Map.of(Family.REMAINDER, 1.0, Family.SERIES, 0.5));
        assertThat(recipe.curriculum().levels()).containsExactly(1.0, 1.0, 0.5, 0.0, 0.0);
        assertThat(recipe.curriculum().modes()).containsEntry(Mode.SPECIALE, 0.4);
    }

    @Test
    void the_recipe_of_the_bundled_model_is_one() throws IOException {
        RecipeFile recipe = RecipeFile.read(Path.of("recipes/micro-math/recipe.yaml"));
        assertThat(recipe.curriculum().families()).containsOnlyKeys(Family.values());
        assertThat(recipe.config().vocabSize()).isEqualTo(512);
    }

    @Test
    void two_readings_are_equal_and_read_equal() throws IOException {
        Path file = TestRecipe.write(folder);
        RecipeFile first = RecipeFile.read(file);
        RecipeFile second = RecipeFile.read(file);
        assertThat(first).isEqualTo(second).hasToString(second.toString());
        assertThat(first.curriculum().toString())
                .as("what tells runs apart")
                .contains("levels=[1.0, 1.0, 0.5, 0.0, 0.0]");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "recipe-errors.csv", delimiter = '|', quoteCharacter = '`')
    void an_error_names_file_line_and_key(String old, String replacement, int line, String message) throws IOException {
        Path file = TestRecipe.write(folder, old, replacement.replace("\\n", "\n"));
        assertThatThrownBy(() -> RecipeFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ":" + line + ": " + message);
    }

    @Test
    void an_unusable_configuration_is_named_with_its_key() throws IOException {
        Path file = TestRecipe.write(folder);
        Files.writeString(folder.resolve("config.json"), TestRecipe.CONFIG.replace("\"hidden_size\": 16, ", ""));
        assertThatThrownBy(() -> RecipeFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recipe.yaml:2: config names a configuration that cannot be used")
                .hasMessageContaining("hidden_size");
    }

    @Test
    void refuses_what_is_no_mapping_or_no_yaml() throws IOException {
        Path file = folder.resolve("recipe.yaml");
        for (String text : new String[] {"", "- one\n- two\n", "just words\n", "42\n"}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> RecipeFile.read(file))
                    .as("'%s'", text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("recipe.yaml:1: expected keys and values");
        }
        Files.writeString(file, "name: [unclosed\n");
        assertThatThrownBy(() -> RecipeFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not valid YAML");
    }

    @Test
    void refuses_a_huge_file_without_parsing_it() throws IOException {
        Path file = folder.resolve("recipe.yaml");
        Files.writeString(file, "#".repeat(70_000));
        assertThatThrownBy(() -> RecipeFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 65536");
    }
}
