/** Others hear what is set aside for an order, and what became of it. */
@NullMarked
package dev.storyline.inventory.publishreservations;

import org.jspecify.annotations.NullMarked;
