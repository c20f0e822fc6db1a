/** Writes the folder of a slice from its entry in the model. */
@NullMarked
package dev.storyline.modeler.scaffold;

import org.jspecify.annotations.NullMarked;
