/** A customer places an order. */
@NullMarked
package dev.storyline.orders.placeorder;

import org.jspecify.annotations.NullMarked;
