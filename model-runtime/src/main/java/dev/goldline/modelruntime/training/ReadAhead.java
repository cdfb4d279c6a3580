package dev.goldline.modelruntime.training;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Documents made ahead of their use, in blocks, on the threads given: writing and tokenizing text takes longer than
 * learning from it. Read by one thread, forwards.
 */
final class ReadAhead implements DocumentSource {
    private static final int BLOCK = 64;
    private static final int BLOCKS_AHEAD = 48;

    private final DocumentSource source;
    private final Executor threads;
    private final ArrayDeque<CompletableFuture<TrainingDocument[]>> blocks = new ArrayDeque<>();
    private long firstBlock = -1;

    ReadAhead(DocumentSource source, Executor threads) {
        this.source = source;
        this.threads = threads;
    }

    @Override
    public TrainingDocument document(long index) {
        long block = index / BLOCK;
        if (firstBlock < 0) {
            firstBlock = block;
        }
        while (firstBlock < block) {
            blocks.pollFirst();
            firstBlock++;
        }
        while (blocks.size() < BLOCKS_AHEAD) {
            long next = firstBlock + blocks.size();
            blocks.addLast(CompletableFuture.supplyAsync(() -> read(next), threads));
        }
        return blocks.getFirst().join()[(int) (index % BLOCK)];
    }

    private TrainingDocument[] read(long block) {
        TrainingDocument[] documents = new TrainingDocument[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            documents[i] = source.document(block * BLOCK + i);
        }
        return documents;
    }
}
