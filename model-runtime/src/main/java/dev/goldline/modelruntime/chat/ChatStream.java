package dev.goldline.modelruntime.chat;

/** An answer as it comes. Used by one thread at a time; closing it early abandons the answer. */
public interface ChatStream extends AutoCloseable {
    /**
     * Waits for the next event. After {@link ChatEvent.Stop} the stream is over and must not be asked again.
     *
     * @throws InterruptedException if the waiting thread was interrupted; the stream should then be closed
     */
    ChatEvent next() throws InterruptedException;

    @Override
    void close();
}
