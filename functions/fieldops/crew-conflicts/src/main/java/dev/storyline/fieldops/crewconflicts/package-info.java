/** Where a crew was in two places, as planned or as told. */
@NullMarked
package dev.storyline.fieldops.crewconflicts;

import org.jspecify.annotations.NullMarked;
