/** The door to this module: {@link dev.goldline.modelruntime.Models} turns what a user names into a model. */
@NullMarked
package dev.goldline.modelruntime;

import org.jspecify.annotations.NullMarked;
