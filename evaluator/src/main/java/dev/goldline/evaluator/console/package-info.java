/** What every verb of the command has in common: exit statuses, and failures that say what to do next. */
@NullMarked
package dev.goldline.evaluator.console;

import org.jspecify.annotations.NullMarked;
