/** Every order comes to an end. */
@NullMarked
package dev.storyline.orders.seeordersthrough;

import org.jspecify.annotations.NullMarked;
