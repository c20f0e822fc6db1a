/** A double-booked crew leaves a job. */
@NullMarked
package dev.storyline.fieldops.releasecrew;

import org.jspecify.annotations.NullMarked;
