/** Languages as data: which files are whose, how they are compiled, confined as well, and how the result is run. */
@NullMarked
package dev.goldline.judges.code.language;

import org.jspecify.annotations.NullMarked;
