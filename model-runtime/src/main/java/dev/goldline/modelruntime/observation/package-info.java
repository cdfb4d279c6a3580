/**
 * What a running model does, on request: selected keys, expert routes, the attention mass a selection keeps, and the
 * work of each token. Nothing is computed for an observation that nobody asked for.
 */
@NullMarked
package dev.goldline.modelruntime.observation;

import org.jspecify.annotations.NullMarked;
