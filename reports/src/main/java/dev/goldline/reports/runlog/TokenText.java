package dev.goldline.reports.runlog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * A text as it was streamed: its pieces, and after each piece how many output tokens the attempt had produced. Immutable.
 *
 * <p>In JSON {@code pieces} holds two numbers a piece: its length in UTF-16 units, and the tokens produced since the
 * piece before it (for the first piece: since the start of the attempt).
 */
public final class TokenText {
    /** No text at all. */
    public static final TokenText EMPTY = new TokenText("", new int[0]);

    private final String text;
    private final int[] pieces;

    private TokenText(String text, int[] pieces) {
        this.text = text;
        this.pieces = pieces;
    }

    @JsonCreator
    static TokenText parsed(@JsonProperty("text") String text, @JsonProperty("pieces") int[] pieces) {
        if (pieces.length % 2 != 0) {
            throw new IllegalArgumentException("pieces holds " + pieces.length + " numbers; it must hold two a piece");
        }
        long length = 0;
        long tokens = 0;
        for (int i = 0; i < pieces.length; i += 2) {
            if (pieces[i] < 0 || pieces[i + 1] < 0) {
                throw new IllegalArgumentException("pieces must not be negative; piece " + i / 2 + " is");
            }
            length += pieces[i];
            tokens += pieces[i + 1];
        }
        if (length != text.length() || tokens > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("pieces cover " + length + " characters and " + tokens
                    + " tokens, the text has " + text.length() + " characters");
        }
        return new TokenText(text, pieces);
    }

    @JsonProperty("text")
    public String text() {
        return text;
    }

    @JsonProperty("pieces")
    int[] piecesForJson() {
        return pieces;
    }

    public int pieceCount() {
        return pieces.length / 2;
    }

    /** Output tokens of the attempt when its last piece was complete; 0 if there is none. */
    public int lastOffset() {
        int offset = 0;
        for (int i = 1; i < pieces.length; i += 2) {
            offset += pieces[i];
        }
        return offset;
    }

    /** Hears of the pieces of a text. */
    public interface PieceReader {
        /**
         * @param piece its text
         * @param offset output tokens of the attempt when it was complete
         */
        void piece(String piece, int offset);
    }

    /** Goes through the pieces, in order. */
    public void forEach(PieceReader reader) {
        int end = 0;
        int offset = 0;
        for (int i = 0; i < pieces.length; i += 2) {
            offset += pieces[i + 1];
            reader.piece(text.substring(end, end + pieces[i]), offset);
            end += pieces[i];
        }
    }

    /** The part of the text that was complete when the attempt had produced {@code tokens} output tokens. */
    public String upTo(int tokens) {
        int end = 0;
        int offset = 0;
        for (int i = 0; i < pieces.length; i += 2) {
            offset += pieces[i + 1];
            if (offset > tokens) {
                return text.substring(0, end);
            }
            end += pieces[i];
        }
        return text;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenText that && text.equals(that.text) && Arrays.equals(pieces, that.pieces);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + Arrays.hashCode(pieces);
    }

    @Override
    public String toString() {
        return "TokenText[" + text.length() + " characters in " + pieceCount() + " pieces]";
    }

    /** Collects pieces as they come. Used by one thread. */
    public static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private int[] pieces = new int[32];
        private int size;
        private int offset;

        private Builder() {}

        /**
         * Adds a piece.
         *
         * @param offset output tokens of the attempt when this piece was complete; never less than before
         */
        public Builder append(String piece, int offset) {
            if (offset < this.offset) {
                throw new IllegalArgumentException("token offsets never fall: " + offset + " after " + this.offset);
            }
            if (size == pieces.length) {
                pieces = Arrays.copyOf(pieces, size * 2);
            }
            pieces[size++] = piece.length();
            pieces[size++] = offset - this.offset;
            this.offset = offset;
            text.append(piece);
            return this;
        }

        public TokenText build() {
            return size == 0 ? EMPTY : new TokenText(text.toString(), Arrays.copyOf(pieces, size));
        }
    }
}
