/** Benchmarks of decoding: tokens per second by engine, time per token by context, index scoring and selection. */
@NullMarked
package dev.goldline.ci.decode;

import org.jspecify.annotations.NullMarked;
