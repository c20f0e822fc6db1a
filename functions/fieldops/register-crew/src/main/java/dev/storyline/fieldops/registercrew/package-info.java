/** A crew gets a rate. */
@NullMarked
package dev.storyline.fieldops.registercrew;

import org.jspecify.annotations.NullMarked;
