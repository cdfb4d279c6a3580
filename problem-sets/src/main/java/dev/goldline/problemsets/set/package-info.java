/**
 * A problem set: ordered problems with a licence, a scale and a content hash; and its form on disk.
 *
 * <p>A set is a folder with {@code set.yaml} (what the set is) and {@code problems.jsonl} (one problem a line). The
 * reader is strict: every defect is an error that names file, line and key, and says what to do.
 */
@NullMarked
package dev.goldline.problemsets.set;

import org.jspecify.annotations.NullMarked;
