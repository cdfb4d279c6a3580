@NullMarked
package dev.goldline.evaluator.report;

import org.jspecify.annotations.NullMarked;
