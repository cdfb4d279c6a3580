/**
 * Model profiles: YAML files that say which model a name means, what it is asked with in each mode, and what it may do.
 */
@NullMarked
package dev.goldline.modelruntime.profile;

import org.jspecify.annotations.NullMarked;
