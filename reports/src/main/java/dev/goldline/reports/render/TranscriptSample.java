package dev.goldline.reports.render;

import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.RunLogReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A few transcripts of each run, the same ones however the attempts finished: the first attempt of each mode at a few
 * problems, these chosen by a hash of their ids.
 */
public final class TranscriptSample {
    private static final int PROBLEMS_PER_RUN = 6;

    private TranscriptSample() {}

    /** Reads the sample; memory holds no more than the sample. */
    public static List<AttemptRecord> read(List<Path> runs) throws IOException {
        List<AttemptRecord> sample = new ArrayList<>();
        for (Path run : runs) {
            TreeMap<String, Map<Mode, AttemptRecord>> kept = new TreeMap<>();
            try (RunLogReader log = RunLogReader.open(run)) {
                for (Optional<AttemptRecord> next = log.next(); next.isPresent(); next = log.next()) {
                    AttemptKey key = next.get().key();
                    if (key.index() == 0) {
                        kept.computeIfAbsent(order(key), problem -> new TreeMap<>())
                                .put(key.mode(), next.get());
                        if (kept.size() > PROBLEMS_PER_RUN) {
                            kept.pollLastEntry();
                        }
                    }
                }
            }
            kept.values().forEach(byMode -> sample.addAll(byMode.values()));
        }
        sample.sort(Comparator.comparing((AttemptRecord each) -> each.key().set())
                .thenComparing(each -> each.key().problem())
                .thenComparing(each -> each.key().model())
                .thenComparing(each -> each.key().mode()));
        return List.copyOf(sample);
    }

    private static String order(AttemptKey key) {
        String name = key.set() + "/" + key.problem();
        CRC32C hash = new CRC32C();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        return "%08x %s".formatted(hash.getValue(), name);
    }
}
