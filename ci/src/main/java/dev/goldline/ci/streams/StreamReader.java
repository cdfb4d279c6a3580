package dev.goldline.ci.streams;

import java.io.IOException;

/** Reads one stream to its end. Used by many threads. */
interface StreamReader extends AutoCloseable {
    /** @return tokens that were what they should be; fewer than there are if anything was amiss */
    int read(String prompt, int tokens) throws IOException, InterruptedException;

    @Override
    default void close() {}
}
