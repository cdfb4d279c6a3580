/** What the launcher does once after a build so that the command starts fast ever after. */
@NullMarked
package dev.goldline.evaluator.startup;

import org.jspecify.annotations.NullMarked;
