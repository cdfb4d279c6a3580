package dev.goldline.evaluator.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

@NullMarked
class ModernClassFilesTest {
    @TempDir
    Path folder;

    @Test
    void every_class_of_an_old_library_still_passes_the_verifier() throws Exception {
        Path jar = copyOfTheJarOf(CommandLine.class);

        assertThat(ModernClassFiles.rewriteIfOld(jar)).isTrue();

        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
                JarFile file = new JarFile(jar.toFile())) {
            int verified = 0;
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.endsWith(".class") && !name.contains("module-info") && !name.contains("/groovy/")) {
                    Class<?> loaded = Class.forName(name.replace('/', '.').replace(".class", ""), false, loader);
                    if (!loaded.isInterface()) { // Initialising links, and linking verifies.
                        Class.forName(loaded.getName(), true, loader);
                    }
                    verified++;
                }
            }
            assertThat(verified).isGreaterThan(150);
        }
    }

    @Test
    void no_class_stays_too_old_for_the_cache() throws Exception {
        Path jar = copyOfTheJarOf(CommandLine.class);
        ModernClassFiles.rewriteIfOld(jar);

        try (JarFile file = new JarFile(jar.toFile());
                InputStream in = file.getInputStream(file.getEntry("picocli/CommandLine.class"))) {
            assertThat(ClassFile.of().parse(in.readAllBytes()).majorVersion())
                    .isGreaterThanOrEqualTo(ClassFile.JAVA_6_VERSION);
        }
        assertThat(ModernClassFiles.rewriteIfOld(jar)).isFalse();
    }

    @Test
    void a_modern_library_is_left_as_it_is() throws Exception {
        Path jar = copyOfTheJarOf(JsonMapper.class);
        byte[] before = Files.readAllBytes(jar);

        assertThat(ModernClassFiles.rewriteIfOld(jar)).isFalse();
        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    }

    private Path copyOfTheJarOf(Class<?> type) throws Exception {
        Path original =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Files.copy(original, folder.resolve(original.getFileName()));
    }
}
