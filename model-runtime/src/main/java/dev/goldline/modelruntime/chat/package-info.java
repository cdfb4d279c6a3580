/**
 * The model boundary: a conversation with sampling and limits in, a stream of typed events out.
 *
 * <p>Everything that talks to a model, whether over HTTP or in process, is a {@link
 * dev.goldline.modelruntime.chat.ChatModel}. A stream is pulled, one event at a time, so the reader sets the pace, sees
 * every token as it comes, and may walk away at any moment.
 */
@NullMarked
package dev.goldline.modelruntime.chat;

import org.jspecify.annotations.NullMarked;
