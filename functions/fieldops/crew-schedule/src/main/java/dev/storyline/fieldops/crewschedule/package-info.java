/** The schedule of one crew. */
@NullMarked
package dev.storyline.fieldops.crewschedule;

import org.jspecify.annotations.NullMarked;
