/** The orders of one customer, the latest first. */
@NullMarked
package dev.storyline.orders.customerorders;

import org.jspecify.annotations.NullMarked;
