/** All equipment. */
@NullMarked
package dev.storyline.fieldops.equipment;

import org.jspecify.annotations.NullMarked;
