/** Checks event models for completeness and consistency, and reports the progress of modelling. */
@NullMarked
package dev.storyline.modeler.check;

import org.jspecify.annotations.NullMarked;
