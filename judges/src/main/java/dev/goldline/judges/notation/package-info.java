/**
 * Mathematics as people and models write it (LaTeX, Unicode, plain text), read into a typed tree.
 *
 * <p>What cannot be read to its last character is unreadable: nothing is dropped and nothing is evaluated. Length, depth
 * and nodes are bounded.
 */
@NullMarked
package dev.goldline.judges.notation;

import org.jspecify.annotations.NullMarked;
