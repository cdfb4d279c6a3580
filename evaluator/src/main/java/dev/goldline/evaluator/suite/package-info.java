/** Suites: YAML files that say what is asked of whom, so that a protocol has a name and a run needs one word. */
@NullMarked
package dev.goldline.evaluator.suite;

import org.jspecify.annotations.NullMarked;
