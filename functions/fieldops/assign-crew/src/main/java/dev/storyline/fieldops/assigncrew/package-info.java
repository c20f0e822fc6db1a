/** A crew is sent to a job. */
@NullMarked
package dev.storyline.fieldops.assigncrew;

import org.jspecify.annotations.NullMarked;
