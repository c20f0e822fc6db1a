/** The stock of an order is missing, so the order is cancelled. */
@NullMarked
package dev.storyline.orders.recordmissingstock;

import org.jspecify.annotations.NullMarked;
