/** Reads and writes the formats in which models are exchanged, and tells how two models differ. */
@NullMarked
package dev.storyline.modeler.exchange;

import org.jspecify.annotations.NullMarked;
