/** A job is taken. */
@NullMarked
package dev.storyline.fieldops.createjob;

import org.jspecify.annotations.NullMarked;
