/** Comparison of an engine with a checkpoint's recorded reference: logits, selected keys, greedy tokens. */
@NullMarked
package dev.goldline.modelruntime.parity;

import org.jspecify.annotations.NullMarked;
