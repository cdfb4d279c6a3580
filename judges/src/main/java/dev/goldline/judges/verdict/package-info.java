/** What a judge says of an answer: an outcome, points, a code and a reason a person can check. */
@NullMarked
package dev.goldline.judges.verdict;

import org.jspecify.annotations.NullMarked;
