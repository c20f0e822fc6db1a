/** The functions that the slices of a context share. */
@NullMarked
package dev.storyline.infra;

import org.jspecify.annotations.NullMarked;
