/**
 * Problem packages of programming contests, in the formats of Kattis and the ICPC: {@code legacy}, {@code legacy-icpc},
 * {@code 2023-07} and {@code 2025-09}, from folders and archives. What a format does not know is an error that names the
 * file, the line and the key.
 */
@NullMarked
package dev.goldline.problemsets.contest;

import org.jspecify.annotations.NullMarked;
