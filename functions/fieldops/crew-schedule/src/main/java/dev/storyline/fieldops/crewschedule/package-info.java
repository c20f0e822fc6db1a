/** Where one crew is, and when. */
@NullMarked
package dev.storyline.fieldops.crewschedule;

import org.jspecify.annotations.NullMarked;
