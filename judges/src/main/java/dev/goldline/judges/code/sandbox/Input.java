package dev.goldline.judges.code.sandbox;

import java.nio.file.Path;

/** What a program reads as its standard input. */
public sealed interface Input {
    /** Nothing: the end of file at once. */
    record Empty() implements Input {}

    /** A file, opened by the judge, which the program need not be allowed to open. */
    record OfFile(Path file) implements Input {}

    /** Bytes held by the judge, fed through a pipe; not to be changed while the program runs. */
    record OfBytes(byte[] bytes) implements Input {}
}
