/** Running a model of the DeepSeek-V3.2 architecture: token ids in, logits out, with a cache a sequence. */
@NullMarked
package dev.goldline.modelruntime.inference;

import org.jspecify.annotations.NullMarked;
