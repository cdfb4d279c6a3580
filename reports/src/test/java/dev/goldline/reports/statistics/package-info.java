@NullMarked
package dev.goldline.reports.statistics;

import org.jspecify.annotations.NullMarked;
