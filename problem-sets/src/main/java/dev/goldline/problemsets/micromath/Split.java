package dev.goldline.problemsets.micromath;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Which side of the wall a problem is on: decided by the hash of its key, so it is the same for every seed. */
public enum Split {
    TRAINING,
    EVALUATION;

    /** Of 256 first bytes of the hash, these many are evaluation: 14.8 %. */
    private static final int EVALUATION_BYTES = 38;

    /** The split of the problem with that key. */
    public static Split of(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return (hash[0] & 0xFF) < EVALUATION_BYTES ? EVALUATION : TRAINING;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
