package dev.goldline.modelruntime.checkpoint;

/**
 * A checkpoint that cannot be read as what it claims to be. The message names the file, the key or tensor, what was
 * found and what was expected.
 */
public final class CheckpointException extends RuntimeException {
    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
