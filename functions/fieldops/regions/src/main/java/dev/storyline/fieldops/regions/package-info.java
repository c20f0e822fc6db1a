/** All regions. */
@NullMarked
package dev.storyline.fieldops.regions;

import org.jspecify.annotations.NullMarked;
