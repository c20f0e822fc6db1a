/** What a job needs of a crew's time is told to the crew's own story. */
@NullMarked
package dev.storyline.fieldops.keepcrewcalendar;

import org.jspecify.annotations.NullMarked;
