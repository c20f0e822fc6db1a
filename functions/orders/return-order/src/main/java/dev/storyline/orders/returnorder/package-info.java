/** Shipped goods come back. */
@NullMarked
package dev.storyline.orders.returnorder;

import org.jspecify.annotations.NullMarked;
