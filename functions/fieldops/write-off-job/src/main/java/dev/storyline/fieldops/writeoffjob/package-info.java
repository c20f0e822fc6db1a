/** A job will not be paid. */
@NullMarked
package dev.storyline.fieldops.writeoffjob;

import org.jspecify.annotations.NullMarked;
