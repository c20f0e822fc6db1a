/** Writes the SAM template of a slice from the event model and the slice's {@code deploy.yaml}. */
@NullMarked
package dev.storyline.modeler.template;

import org.jspecify.annotations.NullMarked;
