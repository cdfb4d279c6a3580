@NullMarked
package dev.goldline.reports.study;

import org.jspecify.annotations.NullMarked;
