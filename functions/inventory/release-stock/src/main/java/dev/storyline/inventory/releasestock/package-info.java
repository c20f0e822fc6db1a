/** The products of an order are available again. */
@NullMarked
package dev.storyline.inventory.releasestock;

import org.jspecify.annotations.NullMarked;
