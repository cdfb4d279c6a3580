/** The {@code goldline} command: its verbs, what it prints of itself, and how failures reach the user. */
@NullMarked
package dev.goldline.evaluator.command;

import org.jspecify.annotations.NullMarked;
