/**
 * Judges programs over the data of contest packages: one verdict a case, groups and scores by the package's dialect. What
 * a validator or the machine gets wrong is a judge error and never counts against a program.
 */
@NullMarked
package dev.goldline.judges.code.contest;

import org.jspecify.annotations.NullMarked;
