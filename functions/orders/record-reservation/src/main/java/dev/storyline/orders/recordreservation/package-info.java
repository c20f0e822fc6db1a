/** The stock of an order is set aside. */
@NullMarked
package dev.storyline.orders.recordreservation;

import org.jspecify.annotations.NullMarked;
