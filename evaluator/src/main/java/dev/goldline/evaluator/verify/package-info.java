/** The verbs {@code verify} and {@code doctor}: does a problem package hold what it declares, and can this machine tell. */
@NullMarked
package dev.goldline.evaluator.verify;

import org.jspecify.annotations.NullMarked;
