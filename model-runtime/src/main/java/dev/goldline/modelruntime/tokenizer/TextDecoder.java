package dev.goldline.modelruntime.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns tokens into text one at a time and never shows half a character: a character whose bytes lie in several tokens
 * comes with the last of them. Bytes that are not UTF-8 become U+FFFD. Used by one thread at a time.
 */
public final class TextDecoder {
    /** The longest incomplete beginning of a UTF-8 character. */
    private static final int MAX_PENDING_BYTES = 3;

    private final Tokenizer tokenizer;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer bytes = ByteBuffer.allocate(64);
    private CharBuffer chars = CharBuffer.allocate(64 + MAX_PENDING_BYTES);
    private int tokens;

    TextDecoder(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Adds one token.
     *
     * @return the text now complete; empty while a character still misses bytes
     * @throws IllegalArgumentException if the tokenizer has no such id
     */
    public String push(int id) {
        byte[] token = tokenizer.bytes(id);
        ensureRoom(token.length);
        tokens++;
        bytes.put(token);
        return drain(false);
    }

    /** Ends the text: what is left of an incomplete character, as U+FFFD, or nothing. The decoder can be used anew. */
    public String finish() {
        String rest = drain(true);
        utf8.reset();
        bytes.clear();
        return rest;
    }

    /** Tokens pushed since the decoder was made. */
    public int tokens() {
        return tokens;
    }

    private String drain(boolean end) {
        bytes.flip();
        chars.clear();
        utf8.decode(bytes, chars, end);
        if (end) {
            utf8.flush(chars);
        }
        bytes.compact();
        return chars.flip().toString();
    }

    private void ensureRoom(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(bytes.position() + 2 * more);
            larger.put(bytes.flip());
            bytes = larger;
            chars = CharBuffer.allocate(larger.capacity() + MAX_PENDING_BYTES);
        }
    }
}
