/**
 * The run log: a folder that holds what a run was asked to do and every attempt it finished.
 *
 * <p>{@code run.json} is written once; {@code attempts.jsonl} only grows, a line at a time, each with its own checksum,
 * and a line is on disk before anyone is told that it is. So a run can be killed at any moment and resumed, and every
 * figure can be recomputed from the folder alone. The schema is described in {@code RUN-LOG.md} of this module.
 */
@NullMarked
package dev.goldline.reports.runlog;

import org.jspecify.annotations.NullMarked;
