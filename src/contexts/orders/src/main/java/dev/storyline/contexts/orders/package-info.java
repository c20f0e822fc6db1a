/** The language of the orders: their events, identifiers, and the rows that slices share. It grows by additions. */
@NullMarked
package dev.storyline.contexts.orders;

import org.jspecify.annotations.NullMarked;
