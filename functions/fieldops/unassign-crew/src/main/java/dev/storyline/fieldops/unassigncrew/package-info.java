/** A crew is taken off a job. */
@NullMarked
package dev.storyline.fieldops.unassigncrew;

import org.jspecify.annotations.NullMarked;
