/** The verb {@code synth}: problem sets from seeded generators. */
@NullMarked
package dev.goldline.evaluator.synth;

import org.jspecify.annotations.NullMarked;
