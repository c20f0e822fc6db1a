/** The jobs of a region that need a crew. */
@NullMarked
package dev.storyline.fieldops.unassignedjobs;

import org.jspecify.annotations.NullMarked;
