package dev.goldline.modelruntime.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Learns a byte-level BPE tokenizer from text and writes it as {@code tokenizer.json}.
 *
 * <p>Ids: the added tokens in the order given, then the 256 bytes in order, then merges in the order learned. Merges
 * are learned only inside words, that is letters with at most one space before them; digits and punctuation always
 * stand alone, which suits arithmetic. The next merge is the most frequent pair, of several the one of lower ids, so
 * the same text in any order gives the same file.
 */
public final class TokenizerTrainer {
    /** Letters with at most one space before them, or any one other character. */
    private static final String PIECES = " ?\\p{L}+|\\P{L}";

    private static final Pattern WORD = Pattern.compile(" ?\\p{L}+");
    private static final int BYTES = 256;
    private static final int MIN_PAIR_COUNT = 2;

    private final List<AddedToken> added;
    private final int vocabSize;
    private final AddedTokenFinder finder;
    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * @param added ids from 0 on, in this order
     * @param vocabSize tokens in all; at least the added ones and 256
     * @throws IllegalArgumentException if the size is too small, or an added token is given twice or is one word or
     *     one character, which text has anyway
     */
    public TokenizerTrainer(List<AddedToken> added, int vocabSize) {
        this.added = List.copyOf(added);
        this.vocabSize = vocabSize;
        if (vocabSize < added.size() + BYTES) {
            throw new IllegalArgumentException("a vocabulary of " + vocabSize + " cannot hold " + added.size()
                    + " added tokens and " + BYTES + " bytes");
        }
        Map<String, Integer> ids = new HashMap<>();
        for (AddedToken token : added) {
            String text = token.text();
            if (text.codePointCount(0, text.length()) < 2 || WORD.matcher(text).matches()) {
                throw new IllegalArgumentException("added token '" + text + "' is one character or one word");
            }
            if (ids.put(text, ids.size()) != null) {
                throw new IllegalArgumentException("added token '" + text + "' is given twice");
            }
        }
        this.finder = new AddedTokenFinder(ids);
    }

    /** Counts the words of a text; added tokens in it are left out. */
    public void add(String text) {
        int from = 0;
        for (AddedTokenFinder.Match match = finder.find(text, 0); match != null; match = finder.find(text, from)) {
            count(text.substring(from, match.start()));
            from = match.end();
        }
        count(text.substring(from));
    }

    private void count(String span) {
        Matcher words = WORD.matcher(span);
        while (words.find()) {
            counts.merge(words.group(), 1L, Long::sum);
        }
    }

    /**
     * Writes the {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException if the text seen has too few different words for a vocabulary of that size
     */
    public void write(Path tokenizerJson) throws IOException {
        Files.writeString(tokenizerJson, toJson());
    }

    /** The text of the {@code tokenizer.json}; as {@link #write}. */
    public String toJson() {
        List<String> tokens = new ArrayList<>();
        added.forEach(token -> tokens.add(token.text()));
        for (int b = 0; b < BYTES; b++) {
            tokens.add(String.valueOf(ByteLevel.character(b)));
        }
        List<String> merges = learn(tokens);
        return json(tokens, merges);
    }

    /** Adds merged tokens to {@code tokens} until the vocabulary is full, and returns the merges. */
    private List<String> learn(List<String> tokens) {
        List<Word> words = new ArrayList<>();
        counts.forEach((text, count) -> words.add(new Word(spellingIds(text), count)));
        List<String> merges = new ArrayList<>();
        while (tokens.size() < vocabSize) {
            Pair best = mostFrequent(words);
            merges.add(tokens.get(best.left) + " " + tokens.get(best.right));
            String merged = tokens.get(best.left) + tokens.get(best.right);
            int known = tokens.lastIndexOf(merged); // two different pairs may spell the same token
            int id = known >= 0 ? known : tokens.size();
            if (known < 0) {
                tokens.add(merged);
            }
            words.forEach(word -> word.merge(best, id));
        }
        return merges;
    }

    private int[] spellingIds(String word) {
        byte[] bytes = ByteLevel.bytes(ByteLevel.spell(word));
        int[] ids = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ids[i] = added.size() + (bytes[i] & 0xFF);
        }
        return ids;
    }

    private Pair mostFrequent(List<Word> words) {
        Map<Pair, Long> pairs = new HashMap<>();
        for (Word word : words) {
            for (int i = 0; i + 1 < word.length; i++) {
                pairs.merge(new Pair(word.ids[i], word.ids[i + 1]), word.count, Long::sum);
            }
        }
        return pairs.entrySet().stream()
                .filter(e -> e.getValue() >= MIN_PAIR_COUNT)
                .min(Map.Entry.<Pair, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalArgumentException("the text has too few repeated words to learn "
                        + (vocabSize - added.size() - BYTES) + " merges; give more text or a smaller vocabulary than "
                        + vocabSize));
    }

    private String json(List<String> tokens, List<String> merges) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode root = mapper.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode list = root.putArray("added_tokens");
        for (int id = 0; id < added.size(); id++) {
            AddedToken token = added.get(id);
            list.addObject()
                    .put("id", id)
                    .put("content", token.text())
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", token.control());
        }
        root.putNull("normalizer");
        ArrayNode steps =
                root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        ObjectNode split = steps.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", PIECES);
        split.put("behavior", "Isolated").put("invert", false);
        byteLevel(steps.addObject());
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"));
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.putNull("dropout").putNull("unk_token");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        ArrayNode mergeList = model.putArray("merges");
        merges.forEach(mergeList::add);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }

    private record Pair(int left, int right) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            return left != other.left ? Integer.compare(left, other.left) : Integer.compare(right, other.right);
        }
    }

    /** A word as it is merged so far; the first {@code length} ids count. */
    private static final class Word {
        final int[] ids;
        final long count;
        int length;

        Word(int[] ids, long count) {
            this.ids = ids;
            this.count = count;
            this.length = ids.length;
        }

        void merge(Pair pair, int merged) {
            int end = 0;
            for (int i = 0; i < length; i++) {
                boolean match = i + 1 < length && ids[i] == pair.left && ids[i + 1] == pair.right;
                ids[end++] = match ? merged : ids[i];
                if (match) {
                    i++;
                }
            }
            length = end;
        }
    }
}
