/** The {@code train} verb: a recipe file, documents written from micro-math, and the trainer of model-runtime. */
@NullMarked
package dev.goldline.evaluator.train;

import org.jspecify.annotations.NullMarked;
