/** The products of an order leave the warehouse. */
@NullMarked
package dev.storyline.inventory.shipstock;

import org.jspecify.annotations.NullMarked;
