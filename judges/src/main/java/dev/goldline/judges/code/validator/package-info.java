/**
 * Compares a program's output with the answer by the rules of the default output validator of the problem package format
 * 2025-09: bytes, not characters; tokens one by one; numbers as exact decimals.
 */
@NullMarked
package dev.goldline.judges.code.validator;

import org.jspecify.annotations.NullMarked;
