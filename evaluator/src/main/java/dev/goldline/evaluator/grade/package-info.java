/** The verb that grades one mathematical answer, or a file of pairs, without asking a model. */
@NullMarked
package dev.goldline.evaluator.grade;

import org.jspecify.annotations.NullMarked;
