/** Money comes in for an order. */
@NullMarked
package dev.storyline.orders.payorder;

import org.jspecify.annotations.NullMarked;
