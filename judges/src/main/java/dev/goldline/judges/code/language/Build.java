package dev.goldline.judges.code.language;

/** What came of compiling: a program to run, or what the compiler said. */
public sealed interface Build {
    /** It can be run. */
    record Ready(CompiledProgram program) implements Build {}

    /** The compiler refused it, or took more time, memory or output than it may. */
    record Refused(String message) implements Build {}
}
