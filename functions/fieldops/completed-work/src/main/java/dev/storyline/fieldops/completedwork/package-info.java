/** The work of a region by the day of its completion. */
@NullMarked
package dev.storyline.fieldops.completedwork;

import org.jspecify.annotations.NullMarked;
