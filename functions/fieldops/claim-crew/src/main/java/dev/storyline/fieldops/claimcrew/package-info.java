/** A job claims a period of a crew; the job that was assigned first keeps it. */
@NullMarked
package dev.storyline.fieldops.claimcrew;

import org.jspecify.annotations.NullMarked;
