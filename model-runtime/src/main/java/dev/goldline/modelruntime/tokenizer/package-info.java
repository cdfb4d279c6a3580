/**
 * Text to token ids and back, for byte-level BPE tokenizers kept as Hugging Face's {@code tokenizer.json}.
 *
 * <p>Text never becomes a control token by what it says: those are placed by id, by whoever lays out the conversation.
 */
@NullMarked
package dev.goldline.modelruntime.tokenizer;

import org.jspecify.annotations.NullMarked;
