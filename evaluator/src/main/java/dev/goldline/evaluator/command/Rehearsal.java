package dev.goldline.evaluator.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;

/**
 * Goes through what the light verbs do, in one process and in silence. The launcher runs it once after a build with
 * {@code -XX:AOTCacheOutput}, so that the classes it loads start ahead of time ever after.
 */
final class Rehearsal {
    private static final List<List<String>> COMMAND_LINES = List.of(
            List.of("--version"),
            List.of("--help"),
            List.of("report", "--help"),
            List.of("grade", "--gold", "\\frac{1}{2}", "--answer", "so \\boxed{\\sqrt{x}}"),
            List.of("grade", "--gold", "2\\cos\\frac{\\pi}{5}", "--answer", "\\frac{1+\\sqrt{5}}{2}", "--json"),
            List.of("no-such-verb"));

    private Rehearsal() {}

    public static void main(String[] args) {
        PrintWriter silence = Goldline.writer(new PrintStream(OutputStream.nullOutputStream()));
        for (List<String> line : COMMAND_LINES) {
            Goldline.execute(line, silence, silence);
        }
        // Leaving loads classes too.
        System.exit(0);
    }
}
