/** The jobs of a region and day. */
@NullMarked
package dev.storyline.fieldops.jobboard;

import org.jspecify.annotations.NullMarked;
