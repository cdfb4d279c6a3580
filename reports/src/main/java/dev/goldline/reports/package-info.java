/** The door of this module: from run folders to a {@link dev.goldline.reports.Report}, which holds every figure. */
@NullMarked
package dev.goldline.reports;

import org.jspecify.annotations.NullMarked;
