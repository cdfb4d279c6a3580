@NullMarked
package dev.goldline.reports.runlog;

import org.jspecify.annotations.NullMarked;
