/** All products of an order are set aside, or none. */
@NullMarked
package dev.storyline.inventory.reservestock;

import org.jspecify.annotations.NullMarked;
