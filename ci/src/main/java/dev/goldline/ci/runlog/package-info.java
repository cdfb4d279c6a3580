/** What the run log costs, beside writing the same bytes bare. */
@NullMarked
package dev.goldline.ci.runlog;

import org.jspecify.annotations.NullMarked;
