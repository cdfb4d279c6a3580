/** The verb {@code demo}: the whole of Goldline in one command, with what comes in the box. */
@NullMarked
package dev.goldline.evaluator.demo;

import org.jspecify.annotations.NullMarked;
