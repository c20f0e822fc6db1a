/** The report of a completed job is corrected. */
@NullMarked
package dev.storyline.fieldops.correctcompletion;

import org.jspecify.annotations.NullMarked;
