/** The warehouse sees what to order again. */
@NullMarked
package dev.storyline.inventory.lowstock;

import org.jspecify.annotations.NullMarked;
