package dev.goldline.modelruntime.chat;

import java.util.Set;

/** A model that can be asked. Implementations take requests from many threads at once. */
public interface ChatModel extends AutoCloseable {
    /** The name it goes by in commands, logs and reports. */
    String name();

    /** What exactly answers: a hash of the weights, or the served version. Part of a run's provenance. */
    String revision();

    /** The modes it can be asked in. */
    Set<Mode> modes();

    /** Whether it can go on from the beginning of an answer: {@link ChatRequest#prefix}. */
    default boolean continuesAnswers() {
        return false;
    }

    /**
     * Starts an answer. What goes wrong outside this process is told by the stream's {@link ChatEvent.Stop}.
     *
     * @throws IllegalArgumentException if the request cannot be served: a mode it lacks, a prompt that fills the context,
     *     a prefix where it cannot go on from one
     */
    ChatStream open(ChatRequest request);

    @Override
    void close();
}
