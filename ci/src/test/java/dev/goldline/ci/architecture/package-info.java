/** Rules that hold over all modules, checked on their class files. */
@NullMarked
package dev.goldline.ci.architecture;

import org.jspecify.annotations.NullMarked;
