@NullMarked
package dev.goldline.reports.attempts;

import org.jspecify.annotations.NullMarked;
