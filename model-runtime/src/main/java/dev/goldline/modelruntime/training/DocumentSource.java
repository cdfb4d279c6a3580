package dev.goldline.modelruntime.training;

/** An endless sequence of training documents, a pure function of the position: safe to ask from many threads. */
@FunctionalInterface
public interface DocumentSource {
    /** The document at a position, 0 or more. */
    TrainingDocument document(long index);
}
