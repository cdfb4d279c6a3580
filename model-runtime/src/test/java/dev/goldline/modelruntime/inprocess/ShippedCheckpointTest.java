package dev.goldline.modelruntime.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedCheckpointTest {
    @TempDir
    private Path temp;

    @Test
    void files_in_a_jar_are_copied_to_a_folder() throws IOException {
        try (URLClassLoader jar = jar("weights v1")) {
            Path folder = ShippedCheckpoint.folder(jar, "/a/model", temp.resolve("cache"));
            assertThat(folder).isDirectory().hasParent(temp.resolve("cache"));
            assertThat(folder.resolve("model.safetensors")).hasContent("weights v1 of model.safetensors");
            assertThat(names(folder)).containsExactlyInAnyOrderElementsOf(ShippedCheckpoint.FILES);
        }
    }

    @Test
    void a_copy_is_used_again_and_a_damaged_one_is_mended() throws IOException {
        try (URLClassLoader jar = jar("weights v1")) {
            Path folder = ShippedCheckpoint.folder(jar, "/a/model", temp);
            var written = Files.getLastModifiedTime(folder.resolve("config.json"));
            Files.writeString(folder.resolve("model.safetensors"), "weights");

            assertThat(ShippedCheckpoint.folder(jar, "/a/model", temp)).isEqualTo(folder);
            assertThat(folder.resolve("model.safetensors")).hasContent("weights v1 of model.safetensors");
            assertThat(Files.getLastModifiedTime(folder.resolve("config.json"))).isEqualTo(written);
        }
    }

    @Test
    void other_weights_get_another_folder() throws IOException {
        try (URLClassLoader first = jar("weights v1");
                URLClassLoader second = jar("weights v2")) {
            assertThat(ShippedCheckpoint.folder(first, "/a/model", temp))
                    .isNotEqualTo(ShippedCheckpoint.folder(second, "/a/model", temp));
        }
    }

    @Test
    void a_class_path_folder_is_used_as_it_is() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("classes/a/model"));
        for (String name : ShippedCheckpoint.FILES) {
            Files.writeString(folder.resolve(name), "x");
        }
        try (var classes =
                new URLClassLoader(new URL[] {temp.resolve("classes").toUri().toURL()}, null)) {
            assertThat(ShippedCheckpoint.folder(classes, "/a/model", temp.resolve("cache")))
                    .isEqualTo(folder);
            assertThat(temp.resolve("cache")).doesNotExist();
        }
    }

    @Test
    void a_build_without_the_model_says_so() throws IOException {
        try (URLClassLoader jar = jar("weights")) {
            assertThatThrownBy(() -> ShippedCheckpoint.folder(jar, "/b/model", temp))
                    .isInstanceOf(IOException.class)
                    .hasMessage("this build ships no model: b/model/config.json is not on the class path");
        }
    }

    private URLClassLoader jar(String content) throws IOException {
        Path file = temp.resolve(content.replace(' ', '-') + ".jar");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (String name : ShippedCheckpoint.FILES) {
                jar.putNextEntry(new JarEntry("a/model/" + name));
                jar.write((content + " of " + name).getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return new URLClassLoader(new URL[] {file.toUri().toURL()}, null);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
