/** A job is called off. */
@NullMarked
package dev.storyline.fieldops.canceljob;

import org.jspecify.annotations.NullMarked;
