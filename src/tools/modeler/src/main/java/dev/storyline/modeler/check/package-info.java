/** Checks event models for completeness and sense, and says how far the modelling has come. */
@NullMarked
package dev.storyline.modeler.check;

import org.jspecify.annotations.NullMarked;
