package dev.goldline.judges.code.validator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Splits a stream of bytes at whitespace: 20 09 0a 0b 0c 0d and no other byte. */
final class TokenReader {
    private static final int CHUNK = 1 << 16;
    private static final int END = -1;

    private final InputStream stream;
    private final boolean keepSpace;
    private final byte[] chunk = new byte[CHUNK];

    private int position;
    private int available;
    private byte[] token = new byte[64];
    private int length;
    private byte[] space = new byte[64];
    private int spaceLength;
    private long number;
    private long line = 1;

    TokenReader(InputStream stream, boolean keepSpace) {
        this.stream = stream;
        this.keepSpace = keepSpace;
    }

    private static boolean isSpace(int b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** Goes on to the next token; false if there is none. */
    boolean next() throws IOException {
        number++;
        length = 0;
        spaceLength = 0;
        int b = read();
        while (b != END && isSpace(b)) {
            if (b == '\n') {
                line++;
            }
            if (keepSpace) {
                if (spaceLength == space.length) {
                    space = Arrays.copyOf(space, spaceLength * 2);
                }
                space[spaceLength++] = (byte) b;
            }
            b = read();
        }
        while (b != END && !isSpace(b)) {
            if (length == token.length) {
                token = Arrays.copyOf(token, length * 2);
            }
            token[length++] = (byte) b;
            b = read();
        }
        if (b != END) {
            position--;
        }
        return length > 0;
    }

    private int read() throws IOException {
        if (position == available) {
            available = stream.read(chunk, 0, CHUNK);
            position = 0;
            if (available <= 0) {
                available = 0;
                return END;
            }
        }
        return chunk[position++] & 0xff;
    }

    byte[] token() {
        return token;
    }

    int length() {
        return length;
    }

    /** Counted from 1. */
    long number() {
        return number;
    }

    /** Of the present token, counted from 1. */
    long line() {
        return line;
    }

    boolean sameSpace(TokenReader other) {
        return Arrays.equals(space, 0, spaceLength, other.space, 0, other.spaceLength);
    }

    boolean sameBytes(TokenReader other) {
        return Arrays.equals(token, 0, length, other.token, 0, other.length);
    }

    boolean sameIgnoringCase(TokenReader other) {
        if (length != other.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(token[i]) != lower(other.token[i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    /** The beginning of the token for a person; bytes that are no printable ASCII as escapes. */
    String shown(int most) {
        StringBuilder shown = new StringBuilder();
        String text = new String(token, 0, Math.min(length, most), StandardCharsets.ISO_8859_1);
        for (char c : text.toCharArray()) {
            if (c > ' ' && c < 0x7f) {
                shown.append(c);
            } else {
                shown.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return length > most ? shown + "..." : shown.toString();
    }
}
