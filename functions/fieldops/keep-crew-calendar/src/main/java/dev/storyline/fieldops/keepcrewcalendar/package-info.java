/** The periods that a job needs of its crews are claimed in the crews' streams. */
@NullMarked
package dev.storyline.fieldops.keepcrewcalendar;

import org.jspecify.annotations.NullMarked;
