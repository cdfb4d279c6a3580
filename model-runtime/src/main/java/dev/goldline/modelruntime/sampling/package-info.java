/** Drawing the next token from logits: by temperature, top-k and top-p, with the same result on every machine. */
@NullMarked
package dev.goldline.modelruntime.sampling;

import org.jspecify.annotations.NullMarked;
