package dev.goldline.evaluator.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a list of texts; each is preceded by its length, so that no two lists look alike. */
final class Sha256 {
    private Sha256() {}

    static String hex(String... parts) {
        return HexFormat.of().formatHex(digest(parts));
    }

    /** The first 64 bits, big endian. */
    static long first64(String... parts) {
        return ByteBuffer.wrap(digest(parts)).getLong();
    }

    private static byte[] digest(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
