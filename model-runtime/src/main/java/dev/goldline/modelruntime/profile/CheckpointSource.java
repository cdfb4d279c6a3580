package dev.goldline.modelruntime.profile;

import java.nio.file.Path;

/** Where the files of an in-process model are. */
public sealed interface CheckpointSource extends ModelSource {
    /** A folder in Hugging Face layout. */
    record Folder(Path path) implements CheckpointSource {}

    /**
     * A folder shipped with the program.
     *
     * @param resource its absolute name on the class path, without a slash at the end
     */
    record Shipped(String resource) implements CheckpointSource {}
}
