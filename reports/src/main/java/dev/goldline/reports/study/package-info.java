/** What thinking is worth: the share solved as a function of the tokens an attempt may use, for all budgets at once. */
@NullMarked
package dev.goldline.reports.study;

import org.jspecify.annotations.NullMarked;
