/** A job claims a crew's time; who was assigned first keeps it. */
@NullMarked
package dev.storyline.fieldops.claimcrew;

import org.jspecify.annotations.NullMarked;
