package dev.goldline.modelruntime.training;

import dev.goldline.modelruntime.djl.TokenRows;
import dev.goldline.modelruntime.yaml.RefusedValueException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts the sequence of documents into steps. A step takes documents in order until it has its tokens, sorts them by
 * length, and cuts them into shards of about equal padded size: rows are padded to the longest of their shard only, and
 * attention never runs over packed rows. Where the next step starts is a document number, so that a run resumes exactly.
 */
final class StepBatcher {
    /** Row widths are multiples of this, so that rotation tables and masks are few. */
    private static final int WIDTH_MULTIPLE = 16;

    private static final int MOST_LEFT_OUT = 10_000;

    private final DocumentSource source;
    private final TrainingRecipe recipe;

    StepBatcher(DocumentSource source, TrainingRecipe recipe) {
        this.source = source;
        this.recipe = recipe;
    }

    /**
     * One step.
     *
     * @param parts documents of similar length together
     * @param tokens tokens, padding not counted
     * @param nextDocument number of the document after the last
     */
    record Step(List<TokenRows> parts, long tokens, long nextDocument) {}

    Step step(long firstDocument) {
        List<TrainingDocument> documents = new ArrayList<>();
        long tokens = 0;
        int leftOut = 0;
        long index = firstDocument;
        while (tokens < recipe.stepTokens() || documents.size() < recipe.shards()) {
            TrainingDocument document = source.document(index++);
            if (document.length() > recipe.maxDocumentTokens()) {
                if (++leftOut > MOST_LEFT_OUT) {
                    throw new RefusedValueException(
                            "max_document_tokens",
                            "is " + recipe.maxDocumentTokens() + " but more than " + MOST_LEFT_OUT
                                    + " documents of one step are longer; raise it");
                }
                continue;
            }
            documents.add(document);
            tokens += document.length();
        }
        documents.sort(Comparator.comparingInt(TrainingDocument::length));
        return new Step(parts(documents, tokens), tokens, index);
    }

    private List<TokenRows> parts(List<TrainingDocument> documents, long tokens) {
        List<TokenRows> parts = new ArrayList<>();
        int from = 0;
        long taken = 0;
        for (int shard = 1; shard <= recipe.shards(); shard++) {
            long until = tokens * shard / recipe.shards();
            int to = from;
            int leave = recipe.shards() - shard;
            while (to < documents.size() - leave && (to == from || taken < until)) {
                taken += documents.get(to++).length();
            }
            if (shard == recipe.shards()) {
                to = documents.size();
            }
            parts.add(rows(documents.subList(from, to)));
            from = to;
        }
        return parts;
    }

    private static TokenRows rows(List<TrainingDocument> documents) {
        int longest = documents.getLast().length();
        int width = (longest + WIDTH_MULTIPLE - 1) / WIDTH_MULTIPLE * WIDTH_MULTIPLE;
        long[] ids = new long[documents.size() * width];
        boolean[] learned = new boolean[ids.length];
        int[] lengths = new int[documents.size()];
        for (int row = 0; row < lengths.length; row++) {
            TrainingDocument document = documents.get(row);
            lengths[row] = document.length();
            for (int i = 0; i < document.length(); i++) {
                ids[row * width + i] = document.ids()[i];
                learned[row * width + i] = i > 0 && document.learned()[i];
            }
        }
        return new TokenRows(ids, lengths, learned, width);
    }
}
