/**
 * Runs hostile programs: no network, their own files only, and limits of time, memory, output and processes, whoever
 * runs the judge. What confined a run and what that guarantees is part of every result.
 */
@NullMarked
package dev.goldline.judges.code.sandbox;

import org.jspecify.annotations.NullMarked;
