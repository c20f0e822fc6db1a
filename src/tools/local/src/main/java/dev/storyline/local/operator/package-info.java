/** The commands of operators on the data of a local cloud. */
@NullMarked
package dev.storyline.local.operator;

import org.jspecify.annotations.NullMarked;
