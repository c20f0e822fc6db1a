/** The goods of an order have left the warehouse. */
@NullMarked
package dev.storyline.orders.recorddeparture;

import org.jspecify.annotations.NullMarked;
