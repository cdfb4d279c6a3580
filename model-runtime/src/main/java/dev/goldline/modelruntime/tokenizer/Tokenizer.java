package dev.goldline.modelruntime.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        if (!Files.isRegularFile(tokenizerJson)) {
            throw new IllegalArgumentException(tokenizerJson + ": no such file");
        }
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
        return encode(text, keptOnly);
    }

    /** Encodes each text like {@link #encode(String)}. */
    public List<int[]> encodeAll(List<String> texts) {
        return texts.stream().map(this::encode).toList();
    }

    /** Encodes text in which control tokens are meant. Only for text that is wholly our own. */
    public int[] encodeWithControls(String text) {
        return encode(text, allAdded);
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

    private int[] encode(String text, AddedTokenFinder finder) {
        String input = wellFormed(text);
        IntStream.Builder ids = IntStream.builder();
        int from = 0;
        for (AddedTokenFinder.Match match = finder.find(input, 0); match != null; match = finder.find(input, from)) {
            encodeSpan(input.substring(from, match.start()), ids);
            ids.add(match.id());
            from = match.end();
        }
        encodeSpan(input.substring(from), ids);
        return ids.build().toArray();
    }

    private void encodeSpan(String span, IntStream.Builder ids) {
        if (!span.isEmpty()) {
            for (long id : plain.encode(span).getIds()) {
                ids.add((int) id);
            }
        }
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
