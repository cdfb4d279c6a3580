package dev.goldline.modelruntime.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A byte-level BPE tokenizer from a {@code tokenizer.json}. May be used by many threads at once.
 *
 * <p>Nothing is added by itself: no begin token, no template, no truncation, no padding. Lone surrogates in text are
 * encoded as U+FFFD.
 */
public final class Tokenizer implements AutoCloseable {
    /** Published files have at most 20 MB. */
    private static final long MAX_FILE_BYTES = 256L << 20;

    private static final Map<String, String> LIBRARY_OPTIONS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private final TokenizerFile file;
    private final HuggingFaceTokenizer plain;
    private final AddedTokenFinder keptOnly;
    private final AddedTokenFinder allAdded;

    private Tokenizer(TokenizerFile file, HuggingFaceTokenizer plain) {
        this.file = file;
        this.plain = plain;
        this.keptOnly = new AddedTokenFinder(file.kept());
        this.allAdded = new AddedTokenFinder(file.added());
    }

    /**
     * Opens a {@code tokenizer.json}.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is not a byte-level BPE tokenizer; the message names file and key
     */
    public static Tokenizer open(Path tokenizerJson) throws IOException {
        long size = Files.size(tokenizerJson);
        if (size > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(
                    tokenizerJson + ": " + size + " bytes; a tokenizer has at most " + MAX_FILE_BYTES);
        }
        return parse(Files.readString(tokenizerJson), tokenizerJson);
    }

    /** Opens the text of a {@code tokenizer.json}; {@code origin} is the name that errors use. */
    static Tokenizer parse(String json, Path origin) throws IOException {
        TokenizerFile file = TokenizerFile.parse(json, origin);
        byte[] plainJson = file.plainJson().getBytes(StandardCharsets.UTF_8);
        try {
            return new Tokenizer(
                    file, HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(plainJson), LIBRARY_OPTIONS));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(origin + ": the tokenizer library refused it: " + e.getMessage(), e);
        }
    }

    /** One more than the highest id. */
    public int vocabSize() {
        return file.bytes().length;
    }

    /**
     * The id of an added token such as {@code <think>}.
     *
     * @throws IllegalArgumentException if the tokenizer has no such added token
     */
    public int addedId(String text) {
        Integer id = file.added().get(text);
        if (id == null) {
            throw new IllegalArgumentException("the tokenizer has no added token '" + text + "'");
        }
        return id;
    }

    /** Whether there is such an added token. */
    public boolean hasAdded(String text) {
        return file.added().containsKey(text);
    }

    /** Encodes text as text: what looks like a control token is spelled out, so no text can forge a turn. */
    public int[] encode(String text) {
        return encode(List.of(text), keptOnly).getFirst();
    }

    /** Encodes many texts like {@link #encode(String)}, on several threads. */
    public List<int[]> encodeAll(List<String> texts) {
        return encode(texts, keptOnly);
    }

    /** Encodes text in which control tokens are meant. Only for text that is wholly our own. */
    public int[] encodeWithControls(String text) {
        return encode(List.of(text), allAdded).getFirst();
    }

    /** Encodes many texts like {@link #encodeWithControls(String)}, on several threads. */
    public List<int[]> encodeAllWithControls(List<String> texts) {
        return encode(texts, allAdded);
    }

    /**
     * The text of the tokens, control tokens included; bytes that are not UTF-8 become U+FFFD.
     *
     * @throws IllegalArgumentException if an id has no token
     */
    public String decode(int... ids) {
        int length = 0;
        for (int id : ids) {
            length += bytes(id).length;
        }
        byte[] all = new byte[length];
        int end = 0;
        for (int id : ids) {
            byte[] token = bytes(id);
            System.arraycopy(token, 0, all, end, token.length);
            end += token.length;
        }
        return new String(all, StandardCharsets.UTF_8);
    }

    /** A decoder for tokens that come one by one. */
    public TextDecoder decoder() {
        return new TextDecoder(this);
    }

    @Override
    public void close() {
        plain.close();
    }

    byte[] bytes(int id) {
        byte[] @Nullable [] table = file.bytes();
        byte[] bytes = id < 0 || id >= table.length ? null : table[id];
        if (bytes == null) {
            throw new IllegalArgumentException("token id " + id + " is not in the tokenizer");
        }
        return bytes;
    }

    private List<int[]> encode(List<String> texts, AddedTokenFinder finder) {
        List<List<Piece>> pieces =
                texts.stream().map(text -> split(wellFormed(text), finder)).toList();
        List<String> spans = new ArrayList<>();
        for (List<Piece> ofText : pieces) {
            for (Piece piece : ofText) {
                if (piece instanceof Span span) {
                    spans.add(span.text);
                }
            }
        }
        Encoding[] encodings = encodeSpans(spans);
        List<int[]> encoded = new ArrayList<>(texts.size());
        int next = 0;
        for (List<Piece> ofText : pieces) {
            IntStream.Builder ids = IntStream.builder();
            for (Piece piece : ofText) {
                switch (piece) {
                    case Id id -> ids.add(id.id);
                    case Span span -> {
                        for (long id : encodings[next++].getIds()) {
                            ids.add((int) id);
                        }
                    }
                }
            }
            encoded.add(ids.build().toArray());
        }
        return encoded;
    }

    private Encoding[] encodeSpans(List<String> spans) {
        return switch (spans.size()) {
            case 0 -> new Encoding[0];
            case 1 -> new Encoding[] {plain.encode(spans.getFirst())};
            default -> plain.batchEncode(spans);
        };
    }

    private sealed interface Piece {}

    private record Span(String text) implements Piece {}

    private record Id(int id) implements Piece {}

    private static List<Piece> split(String text, AddedTokenFinder finder) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (AddedTokenFinder.Match match = finder.find(text, 0); match != null; match = finder.find(text, from)) {
            if (match.start() > from) {
                pieces.add(new Span(text.substring(from, match.start())));
            }
            pieces.add(new Id(match.id()));
            from = match.end();
        }
        if (from < text.length()) {
            pieces.add(new Span(text.substring(from)));
        }
        return pieces;
    }

    /** The native side takes only well-formed text. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }
}
