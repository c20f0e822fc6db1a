/** A double-booked crew leaves the later job, and the resolved conflict becomes public. */
@NullMarked
package dev.storyline.fieldops.resolvedoublebookings;

import org.jspecify.annotations.NullMarked;
