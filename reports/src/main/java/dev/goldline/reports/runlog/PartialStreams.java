package dev.goldline.reports.runlog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The folder {@code partial/} of a run: a file for each attempt in the making, as far as it has come.
 *
 * <p>Why it is built so: there may be ten thousand streams, more than a process may hold files open, so a file is opened
 * for each write and only once a stream has something worth keeping; a short answer never touches the disk twice. Written
 * means given to the system: that outlives a killed process, and costs no forcing.
 */
public final class PartialStreams {
    private static final String SUFFIX = ".jsonl";

    private final Path folder;

    PartialStreams(Path folder) {
        this.folder = folder;
    }

    /**
     * What an earlier sitting left of an attempt.
     *
     * @param lost what was lost before that stream began
     * @param reasoning the thought as far as it came
     * @param content the answer as far as it came
     */
    public record Left(
            AttemptKey key,
            long seed,
            List<LostWork> lost,
            TokenText reasoning,
            TokenText content,
            Optional<ThoughtClosed> thoughtClosed) {
        /** Output tokens that came. */
        public long output() {
            long closed = thoughtClosed.map(ThoughtClosed::offset).orElse(0L);
            return Math.max(closed, Math.max(reasoning.lastOffset(), content.lastOffset()));
        }

        /** What is lost if the attempt starts afresh: all that was lost before, and this stream. */
        public List<LostWork> ifRestarted() {
            long thought = Math.max(
                    reasoning.lastOffset(),
                    thoughtClosed.map(ThoughtClosed::offset).orElse(0L));
            return LostWork.plus(
                    lost, new LostWork("crash", 1, OptionalLong.empty(), output(), OptionalLong.of(thought)));
        }
    }

    /**
     * What an earlier sitting left of this attempt, if anything. Damage ends what is read, and is no error: a stream that
     * cannot be read is made again.
     *
     * @throws IOException if the disk fails
     */
    public Optional<Left> left(AttemptKey key) throws IOException {
        Path file = file(key);
        return Files.exists(file) ? read(file).filter(left -> left.key().equals(key)) : Optional.empty();
    }

    /**
     * Starts keeping a stream. What an earlier sitting left of the attempt stays until the first write, which supersedes
     * it: so nothing is forgotten in between.
     *
     * @param lost what was lost before this stream began
     */
    public PartialStream start(AttemptKey key, long seed, List<LostWork> lost) {
        return new PartialStream(file(key), key, seed, lost);
    }

    /**
     * Removes what is left of attempts that are finished, and says what is left of the others.
     *
     * @return streams and their output tokens
     */
    public Summary sweep(Predicate<AttemptKey> finished) throws IOException {
        int streams = 0;
        long output = 0;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        (Iterable<Path>) files.filter(each -> each.toString().endsWith(SUFFIX))::iterator) {
                    Optional<Left> left = read(file);
                    if (left.isEmpty() || finished.test(left.get().key())) {
                        Files.deleteIfExists(file);
                    } else {
                        streams++;
                        output += left.get().output();
                    }
                }
            }
        }
        return new Summary(streams, output);
    }

    /**
     * Streams that were cut off.
     *
     * @param output their output tokens together
     */
    public record Summary(int streams, long output) {}

    private static Optional<Left> read(Path file) throws IOException {
        Collected collected = new Collected();
        try (LineScanner lines = new LineScanner(file, "piece of a stream")) {
            while (lines.next()) {
                collected.add(lines.tree());
            }
        } catch (RunLogException | JacksonException | IllegalArgumentException damaged) {
            // What came before the damage is good.
        }
        return collected.left();
    }

    /** Puts the lines of one file together. */
    private static final class Collected {
        private Optional<AttemptKey> key = Optional.empty();
        private long seed;
        private List<LostWork> lost = List.of();
        private TokenText.Builder reasoning = TokenText.builder();
        private TokenText.Builder content = TokenText.builder();
        private Optional<ThoughtClosed> closed = Optional.empty();

        void add(JsonNode line) {
            JsonNode start = line.get("start");
            if (start != null) {
                start(LineCodec.MAPPER.treeToValue(start, PartialStream.Start.class));
                return;
            }
            PartialStream.Piece piece = LineCodec.MAPPER.treeToValue(line.get("piece"), PartialStream.Piece.class);
            append(reasoning, piece.reasoning(), piece.reasoningFrom());
            append(content, piece.content(), piece.contentFrom());
            if (piece.thoughtClosed().isPresent()) {
                closed = piece.thoughtClosed();
            }
        }

        private void start(PartialStream.Start start) {
            key = Optional.of(start.key());
            seed = start.seed();
            lost = start.lost();
            reasoning = TokenText.builder();
            content = TokenText.builder();
            closed = Optional.empty();
        }

        private static void append(TokenText.Builder to, TokenText piece, int from) {
            piece.forEach((text, offset) -> to.append(text, from + offset));
        }

        Optional<Left> left() {
            return key.map(known -> new Left(known, seed, lost, reasoning.build(), content.build(), closed));
        }
    }

    private Path file(AttemptKey key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part :
                    List.of(key.set(), key.problem(), key.model(), key.mode().label(), Integer.toString(key.index()))) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return folder.resolve(HexFormat.of().formatHex(digest.digest(), 0, 16) + SUFFIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
