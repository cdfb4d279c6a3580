/** The sets that come with Goldline, by name. */
@NullMarked
package dev.goldline.problemsets.bundled;

import org.jspecify.annotations.NullMarked;
