/** The warehouse hands an order to a carrier. */
@NullMarked
package dev.storyline.orders.shiporder;

import org.jspecify.annotations.NullMarked;
