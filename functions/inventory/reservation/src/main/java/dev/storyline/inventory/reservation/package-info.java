/** The warehouse sees what is set aside for an order. */
@NullMarked
package dev.storyline.inventory.reservation;

import org.jspecify.annotations.NullMarked;
