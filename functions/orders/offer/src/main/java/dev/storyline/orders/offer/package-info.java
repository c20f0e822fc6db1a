/** A product as it is offered. */
@NullMarked
package dev.storyline.orders.offer;

import org.jspecify.annotations.NullMarked;
