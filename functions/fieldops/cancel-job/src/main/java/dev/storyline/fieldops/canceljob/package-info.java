/** A job is cancelled. */
@NullMarked
package dev.storyline.fieldops.canceljob;

import org.jspecify.annotations.NullMarked;
