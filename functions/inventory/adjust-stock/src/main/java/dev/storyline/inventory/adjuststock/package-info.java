/** A count finds more or fewer pieces than are on record. */
@NullMarked
package dev.storyline.inventory.adjuststock;

import org.jspecify.annotations.NullMarked;
