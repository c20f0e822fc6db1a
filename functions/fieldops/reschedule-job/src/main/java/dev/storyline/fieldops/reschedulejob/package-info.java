/** A job is moved to another time. */
@NullMarked
package dev.storyline.fieldops.reschedulejob;

import org.jspecify.annotations.NullMarked;
