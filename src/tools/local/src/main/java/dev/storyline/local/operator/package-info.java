/** The operator's commands, and how they find the running local cloud. */
@NullMarked
package dev.storyline.local.operator;

import org.jspecify.annotations.NullMarked;
