package dev.goldline.evaluator.startup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Gives the class files of old libraries the stack maps that the JVM's ahead-of-time cache asks for.
 *
 * <p>A cache holds only classes of version 50 (Java 6) or later: older ones carry no stack maps and must be verified by
 * inference on every start. Picocli is compiled for Java 5, so that without this most of what a light verb loads would
 * come from the jar each time. Instructions are copied as they are; the version rises and the stack maps are computed.
 */
public final class ModernClassFiles {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
    private static final int TARGET = ClassFile.JAVA_8_VERSION;

    private ModernClassFiles() {}

    /** Rewrites, in place, every jar of the folders named that has old class files. Other jars stay as they are. */
    public static void main(String[] folders) throws IOException {
        for (String folder : folders) {
            for (Path jar : jars(Path.of(folder))) {
                rewriteIfOld(jar);
            }
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Rewrites a jar if it holds a class file older than version 50. The new jar takes the old one's place at once: who
     * has the old one open keeps it.
     *
     * @return whether it was rewritten
     */
    static boolean rewriteIfOld(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            if (!hasOldClass(jar)) {
                return false;
            }
            Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
            try {
                rewrite(jar, path, fresh);
                Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return true;
        }
    }

    private static boolean hasOldClass(JarFile jar) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (isClass(entry) && isOld(head(jar, entry))) {
                return true;
            }
        }
        return false;
    }

    private static void rewrite(JarFile jar, Path source, Path target) throws IOException {
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {source.toUri().toURL()});
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
                JarOutputStream out = new JarOutputStream(file)) {
            ClassFile classFile = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                byte[] bytes = bytes(jar, entry);
                out.write(isClass(entry) && isOld(bytes) ? modern(classFile, bytes) : bytes);
                out.closeEntry();
            }
        }
    }

    private static byte[] modern(ClassFile classFile, byte[] old) {
        ClassTransform newVersion = (builder, element) -> {
            switch (element) {
                case ClassFileVersion version -> builder.withVersion(TARGET, 0);
                default -> builder.with(element);
            }
        };
        // Passing every instruction through the builder is what makes it compute stack maps.
        return classFile.transformClass(
                classFile.parse(old),
                newVersion.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
    }

    private static boolean isOld(byte[] bytes) {
        int major = ((bytes[6] & 0xff) << 8) | (bytes[7] & 0xff);
        return major < FIRST_WITH_STACK_MAPS;
    }

    private static byte[] head(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] head = in.readNBytes(8);
            if (head.length < 8) {
                throw new IOException(jar.getName() + ": " + entry.getName() + " is no class file: 8 bytes expected, "
                        + head.length + " found");
            }
            return head;
        }
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
