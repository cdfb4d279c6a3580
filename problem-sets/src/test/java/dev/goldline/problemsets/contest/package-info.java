@NullMarked
package dev.goldline.problemsets.contest;

import org.jspecify.annotations.NullMarked;
