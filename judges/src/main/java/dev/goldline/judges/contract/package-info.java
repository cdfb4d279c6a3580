/** What a problem says about the form of its answer, so that no form is guessed. */
@NullMarked
package dev.goldline.judges.contract;

import org.jspecify.annotations.NullMarked;
