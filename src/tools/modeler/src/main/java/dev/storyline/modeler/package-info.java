/** The tools of the event model. Each command has a package: check, draw, exchange, scaffold. */
@NullMarked
package dev.storyline.modeler;

import org.jspecify.annotations.NullMarked;
