package dev.goldline.modelruntime.training;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Documents made ahead of their use, in blocks, on threads of their own: writing and tokenizing text takes longer than
 * learning from it. Read by one thread, forwards. Closing it drops what nobody has asked for yet.
 */
final class ReadAhead implements DocumentSource, AutoCloseable {
    private static final int BLOCK = 64;
    private static final int BLOCKS_AHEAD = 48;

    private final DocumentSource source;
    private final ExecutorService threads;
    private final ArrayDeque<Future<TrainingDocument[]>> blocks = new ArrayDeque<>();
    private long firstBlock = -1;

    ReadAhead(DocumentSource source, int threads) {
        this.source = source;
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("read-", 0).daemon().factory());
    }

    @Override
    public TrainingDocument document(long index) {
        long block = index / BLOCK;
        if (firstBlock < 0) {
            firstBlock = block;
        }
        if (block < firstBlock) {
            throw new IllegalArgumentException("document " + index + " has been passed: documents are read forwards,"
                    + " from " + firstBlock * BLOCK + " on");
        }
        while (firstBlock < block) {
            Future<TrainingDocument[]> passed = blocks.pollFirst();
            if (passed != null) {
                passed.cancel(true);
            }
            firstBlock++;
        }
        while (blocks.size() < BLOCKS_AHEAD) {
            long next = firstBlock + blocks.size();
            blocks.addLast(threads.submit(() -> read(next)));
        }
        return await(blocks.getFirst())[(int) (index % BLOCK)];
    }

    private static TrainingDocument[] await(Future<TrainingDocument[]> block) {
        try {
            return block.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a training document could not be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for training documents", e);
        }
    }

    private TrainingDocument[] read(long block) {
        TrainingDocument[] documents = new TrainingDocument[BLOCK];
        for (int i = 0; i < BLOCK && !Thread.currentThread().isInterrupted(); i++) {
            documents[i] = source.document(block * BLOCK + i);
        }
        return documents;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
