package dev.goldline.modelruntime.kernels;

import java.util.Locale;

/** Picks the kernels once. Speed is all that depends on the choice: results have the same bits. */
final class KernelChoice {
    private static final String PROPERTY = "goldline.kernels";

    static final Kernels BEST = choose(System.getProperty(PROPERTY, ""));

    private KernelChoice() {}

    private static Kernels choose(String wanted) {
        boolean simd = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "" -> simd ? new VectorKernels() : new ScalarKernels();
            case "scalar" -> new ScalarKernels();
            case "vector" -> {
                if (!simd) {
                    throw new IllegalStateException(
                            "-D" + PROPERTY + "=vector needs the JVM flag --add-modules jdk.incubator.vector");
                }
                yield new VectorKernels();
            }
            default ->
                throw new IllegalStateException(
                        "-D" + PROPERTY + "=" + wanted + ": expected scalar or vector, or leave it out");
        };
    }
}
