/** A region is opened. */
@NullMarked
package dev.storyline.fieldops.openregion;

import org.jspecify.annotations.NullMarked;
